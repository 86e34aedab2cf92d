package dev.halfwave.claims;

import java.util.List;

/**
 * What an experiment found.
 *
 * @param verdict what becomes of the claim
 * @param measured the numbers it rests on, in a sentence
 * @param plot a picture of them
 * @param heats more pictures, of numbers with two causes
 */
public record Finding(Verdict verdict, String measured, Plot plot, List<Heat> heats) {
    /** Keeps its own copy of the list. */
    public Finding {
        heats = List.copyOf(heats);
    }

    /** With the one picture. */
    public Finding(Verdict verdict, String measured, Plot plot) {
        this(verdict, measured, plot, List.of());
    }
}
