package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/** The check that every layer for images makes first. */
final class Images {
    private Images() {}

    static void check(String kind, GraphBuilder g, Value x) {
        if (x.shape().rank() != 4) {
            throw new IllegalArgumentException(where(kind, g) + ": expected images [N, H, W, C], received " + x.shape()
                    + "; declare the input as [H, W, C], and put a Flatten only behind the last " + kind);
        }
    }

    /** The layer that is open, for an error: its name, or its kind outside of any. */
    static String where(String kind, GraphBuilder g) {
        return g.prefix().isEmpty() ? kind : g.prefix().substring(0, g.prefix().length() - 1);
    }
}
