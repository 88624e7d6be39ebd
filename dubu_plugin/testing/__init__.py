"""What tests of the product and of adapters share: contracts to inherit, fakes, made-up people."""
