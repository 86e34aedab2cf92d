package dev.halfwave.train;

/** Training was stopped because a number was no longer finite. The parameters are those before the bad step. */
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String layer;

    DivergenceException(String message, String layer) {
        super(message);
        this.layer = layer;
    }

    /** The first layer whose output, or whose parameters' gradient, went bad. */
    public String layer() {
        return layer;
    }
}
