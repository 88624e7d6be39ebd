"""The opfølgning (barnets lov § 95): written on one page, held, and what it opens."""
