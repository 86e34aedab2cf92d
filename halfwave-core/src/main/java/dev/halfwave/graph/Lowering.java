package dev.halfwave.graph;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.tensor.Shape;
import java.util.function.BiFunction;

/** What the compiler offers an op that picks its kernels: places for its tensors, and the kernels to pick from. */
public interface Lowering {
    /** The kernels to choose from. */
    Kernels kernels();

    /** How many inputs there are. */
    int inputCount();

    /** Where an input lies. */
    Slot input(int index);

    /** The shape of an input. */
    Shape inputShape(int index);

    /** Where to write an output. */
    Slot output(int index);

    /** The shape of an output. */
    Shape outputShape(int index);

    /** Memory for this step alone, of any content when the step starts. */
    Slot scratch(int floats);

    /**
     * Memory that is derived from one input alone, as packed filters are. Where that input never changes between runs
     * it is computed once, else before the step.
     *
     * @param input the input it depends on
     * @param floats its length
     * @param preparation makes the step that fills the second slot from the first, which is where the input lies then
     */
    Slot prepared(int input, int floats, BiFunction<Slot, Slot, Step> preparation);
}
