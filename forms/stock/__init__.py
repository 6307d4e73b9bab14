"""Stock patents (存量专利): what is asked of each in a round, who answered, what came back."""
