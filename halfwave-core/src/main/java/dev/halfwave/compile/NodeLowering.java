package dev.halfwave.compile;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.tensor.Shape;
import java.util.function.Function;

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
        return compiler.planner().buffer(node.input(index));
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
    public Slot scratch(int floats) {
        return compiler.planner().scratch(floats, number);
    }

    @Override
    public Slot prepared(int input, int floats, Function<Slot, Step> preparation) {
        if (compiler.isLasting(node.input(input))) {
            Buffer kept = compiler.prepared(floats);
            compiler.prepareOnce(node, preparation.apply(kept), kept);
            return kept;
        }
        Buffer scratch = compiler.planner().scratch(floats, number);
        compiler.prepareEveryTime(node, preparation.apply(scratch), scratch);
        return scratch;
    }
}
