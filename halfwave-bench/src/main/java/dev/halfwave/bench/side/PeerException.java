package dev.halfwave.bench.side;

/** A peer could not do its share. */
final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    PeerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What the table says. */
    String reason() {
        return reason;
    }
}
