package dev.halfwave.onnx.translate;

import java.util.List;

/** Turns one node into ops of a graph. */
@FunctionalInterface
interface Importer {
    /**
     * Adds the ops.
     *
     * @return the node's outputs, as many as its op has or fewer if the last ones are not wanted
     * @throws IllegalArgumentException if inputs or attributes do not fit; the caller puts the node's name in front
     * @throws dev.halfwave.format.ModelFormatException likewise
     */
    List<Operand> translate(Call call);

    /** An importer of an op with one output, whose elements are of the first input's type. */
    static Importer one(One importer) {
        return call ->
                List.of(new Operand(importer.translate(call), call.operand(0).type()));
    }

    /** Turns one node into ops that end in one value. */
    @FunctionalInterface
    interface One {
        /** Adds the ops. */
        dev.halfwave.graph.Value translate(Call call);
    }
}
