package dev.halfwave.train;

/**
 * Slow weights that follow the optimizer's: after every so many updates they go a share of the way to the fast ones, which
 * then go on from there: {@code slow += share·(fast − slow); fast = slow}. The optimizer's state is kept.
 *
 * @param every updates from one synchronisation to the next, 1 or more; 5 is usual
 * @param share how much of the way, above 0 and at most 1; 0.5 is usual
 * @see <a href="https://arxiv.org/abs/1907.08610">Zhang et al. 2019, algorithm 1</a>
 */
public record Lookahead(int every, double share) {

    /** @throws IllegalArgumentException if a number is out of range */
    public Lookahead {
        if (every < 1 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "lookahead: expected a period of 1 or more updates and a share above 0 and"
                            + " at most 1, received " + every + " and " + share + "; 5 and 0.5 are usual");
        }
    }

    /** Half of the way. */
    public Lookahead(int every) {
        this(every, 0.5);
    }

    @Override
    public String toString() {
        return every + "," + share;
    }

    /**
     * Reads a period, or a period and a share, as in {@code 5} and {@code 5,0.8}.
     *
     * @throws IllegalArgumentException if the text says no such thing
     */
    public static Lookahead of(String text) {
        String[] parts = text.split(",", -1);
        try {
            int every = Integer.parseInt(parts[0].strip());
            if (parts.length <= 2) {
                return parts.length == 1
                        ? new Lookahead(every)
                        : new Lookahead(every, Double.parseDouble(parts[1].strip()));
            }
        } catch (NumberFormatException unreadable) {
            throw unreadable(text, unreadable);
        }
        throw unreadable(text, null);
    }

    private static IllegalArgumentException unreadable(
            String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "lookahead: expected a number of updates, perhaps with a share, as in 5 or 5,0.5, received \"" + text
                        + "\"",
                cause);
    }
}
