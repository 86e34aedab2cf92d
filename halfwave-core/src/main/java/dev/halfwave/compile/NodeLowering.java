package dev.halfwave.compile;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.tensor.Shape;
import java.util.function.BiFunction;

/**
 * The compiler as one node's op sees it.
 *
 * @param compiler who compiles
 * @param node the node being lowered
 * @param number the node's place in the graph, which is the time at which its step runs
 */
record NodeLowering(Compiler compiler, Node node, int number) implements Lowering {
    @Override
    public Kernels kernels() {
        return compiler.kernels();
    }

    @Override
    public int inputCount() {
        return node.inputs().size();
    }

    @Override
    public Slot input(int index) {
        return compiler.read(node.input(index), node, number);
    }

    @Override
    public Shape inputShape(int index) {
        return node.input(index).shape();
    }

    @Override
    public Slot output(int index) {
        return compiler.planner().buffer(node.outputs().get(index));
    }

    @Override
    public Shape outputShape(int index) {
        return node.outputs().get(index).shape();
    }

    @Override
    public Buffer scratch(int floats) {
        return compiler.planner().scratch(floats, compiler.time(node, number));
    }

    @Override
    public Slot prepared(int input, int floats, BiFunction<Slot, Slot, Step> preparation) {
        Value value = node.input(input);
        if (compiler.isLasting(value)) {
            Buffer packed = compiler.isOnce(node) ? scratch(floats) : compiler.prepared(floats);
            compiler.prepareOnce(node, value, preparation.apply(compiler.readOnce(value, number), packed), packed);
            return packed;
        }
        Buffer scratch = compiler.planner().scratch(floats, number);
        compiler.prepareEveryTime(node, value, preparation.apply(input(input), scratch), scratch);
        return scratch;
    }
}
