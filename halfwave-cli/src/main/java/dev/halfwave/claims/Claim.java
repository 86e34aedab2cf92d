package dev.halfwave.claims;

/**
 * A statement about the rectifier, and the experiment that tests it.
 *
 * <p>Experiments are deterministic, but for those that measure time, and take seconds. To add one: a record in this
 * package and its line in {@link Claims}.
 */
public interface Claim {
    /** A short name in lower case, as in {@code linear-collapse}. */
    String id();

    /** The statement as texts make it. */
    String text();

    /** Who says so, or who is the first that the sayers cite. */
    String source();

    /** The verdict that the experiment is documented to reach. */
    Verdict expected();

    /**
     * Does the experiment.
     *
     * @param quick whether smaller sizes or fewer repetitions will do
     */
    Finding run(boolean quick);
}
