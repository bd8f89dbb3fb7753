"""A scout (技术经纪人) brings a need and what may solve it together: both sides say yes or no, and whoever introduced them keeps the credit."""
