"""What somebody does with a skrift, whatever kind it is: begin, write, present, approve, go on."""
