package dev.halfwave.op;

import dev.halfwave.activation.Formula;
import dev.halfwave.kernel.BlockMath;

/** The loops of a {@link BinaryFunction} over runs, in which either operand may stand still. */
final class BinaryLoop {
    private BinaryLoop() {}

    /** The loop for operands with strides of 0 or 1, not both 0. */
    static BlockMath.Binary of(BinaryFunction function, BlockMath blocks, int aStep, int bStep) {
        if (function.operator().isPresent()) {
            return operator(function.operator().get(), blocks, aStep, bStep);
        }
        BlockMath.Binary plain = plain(function, aStep, bStep);
        return function == BinaryFunction.POWER && bStep == 0 ? power(plain, blocks) : plain;
    }

    private static BlockMath.Binary operator(Formula.Operator operator, BlockMath blocks, int aStep, int bStep) {
        if (bStep == 0) {
            BlockMath.WithNumber loop = blocks.combineRight(operator);
            return (a, ao, b, bo, out, oo, n) -> loop.run(a, ao, b[bo], out, oo, n);
        }
        if (aStep == 0) {
            BlockMath.WithNumber loop = blocks.combineLeft(operator);
            return (a, ao, b, bo, out, oo, n) -> loop.run(b, bo, a[ao], out, oo, n);
        }
        return blocks.combine(operator);
    }

    /** Squares are products, and the power that there is most of. */
    private static BlockMath.Binary power(BlockMath.Binary plain, BlockMath blocks) {
        BlockMath.Binary multiply = blocks.combine(Formula.Operator.MULTIPLY);
        return (a, ao, b, bo, out, oo, n) -> {
            if (b[bo] == 2) {
                multiply.run(a, ao, a, ao, out, oo, n);
            } else {
                plain.run(a, ao, b, bo, out, oo, n);
            }
        };
    }

    private static BlockMath.Binary plain(BinaryFunction function, int aStep, int bStep) {
        return (a, ao, b, bo, out, oo, n) -> {
            for (int i = 0; i < n; i++) {
                out[oo + i] = (float) function.at(a[ao + i * aStep], b[bo + i * bStep]);
            }
        };
    }
}
