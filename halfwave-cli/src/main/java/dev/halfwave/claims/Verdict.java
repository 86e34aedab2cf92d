package dev.halfwave.claims;

/** What becomes of a claim that was put to the test. */
public enum Verdict {
    /** It is true as it stands. */
    HOLDS("holds"),
    /** It is true under a condition that it does not mention; the measurement names it. */
    HOLDS_ONLY_IF("holds only if"),
    /** It is not true. */
    FALSE("false");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** Holds, or is false. */
    static Verdict of(boolean holds) {
        return holds ? HOLDS : FALSE;
    }

    /**
     * The verdict of two measurements.
     *
     * @param under whether the claim holds under its condition
     * @param without whether it holds where the condition is not met
     */
    static Verdict of(boolean under, boolean without) {
        return under && !without ? HOLDS_ONLY_IF : of(under);
    }

    /** As in {@code holds only if}. */
    @Override
    public String toString() {
        return text;
    }
}
