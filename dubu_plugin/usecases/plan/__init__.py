"""The plans with goals: barnets plan (barnets lov §§ 91-94), from the needs to the child's own."""
