package dev.halfwave.onnx.peer;

import java.util.function.Function;

/**
 * Ops that are tried together.
 *
 * @param name what the test is called
 * @param count how many models are drawn
 * @param draws makes one of them
 */
record Family(String name, int count, Function<Draw, NodeModel> draws) {
    @Override
    public String toString() {
        return name;
    }
}
