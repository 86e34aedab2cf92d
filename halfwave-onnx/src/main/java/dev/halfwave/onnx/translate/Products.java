package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.op.BatchedMatMul;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;

/** Products of matrices. */
final class Products {
    private Products() {}

    /** alpha · op(A) · op(B) + beta · C. */
    static Value gemm(Call call) {
        boolean transposeA = call.attributes().flag("transA", false);
        boolean transposeB = call.attributes().flag("transB", false);
        Value a = call.value(0);
        if (a.shape().rank() > 2 && call.opset() < 7) { // early files flatten what they multiply without saying so
            a = call.reshape(
                    a,
                    a.shape().size(0),
                    a.shape().elements() / Math.max(1, a.shape().size(0)));
        }
        Value product = call.add(new MatMul(transposeA, transposeB), a, call.value(1));
        Value y = times(call, product, call.attributes().number("alpha", 1));
        if (!call.has(2)) {
            return y;
        }
        Value c = times(call, call.value(2), call.attributes().number("beta", 1));
        return plus(call, y, c);
    }

    private static Value times(Call call, Value x, double factor) {
        return factor == 1 ? x : call.binary(BinaryFunction.MULTIPLY, x, call.constant(factor));
    }

    /** A row that is added to every row is a bias. */
    private static Value plus(Call call, Value y, Value c) {
        int n = y.shape().size(-1);
        boolean row = c.shape().elements() == n
                && c.shape().rank() >= 1
                && c.shape().rank() <= y.shape().rank()
                && c.shape().size(-1) == n;
        return row ? call.add(new BiasAdd(), y, call.reshape(c, n)) : call.binary(BinaryFunction.ADD, y, c);
    }

    /** NumPy's product: vectors count as matrices of one row or column, leading axes are stretched. */
    static Value matMul(Call call) {
        Value a = call.value(0);
        Value b = call.value(1);
        if (a.shape().rank() == 0 || b.shape().rank() == 0) {
            throw new IllegalArgumentException("expected vectors or matrices, received a scalar");
        }
        Value left = a.shape().rank() == 1 ? call.reshape(a, 1, a.shape().size(0)) : a;
        Value right = b.shape().rank() == 1 ? call.reshape(b, b.shape().size(0), 1) : b;
        Value product = right.shape().rank() == 2 ? rows(call, left, right) : batched(call, left, right);
        return squeezed(call, product, a.shape().rank() == 1, b.shape().rank() == 1);
    }

    private static Value squeezed(Call call, Value product, boolean row, boolean column) {
        int[] sizes = product.shape().sizes();
        int rank = sizes.length;
        if (column) {
            sizes = Arrays.copyOf(sizes, rank - 1);
        }
        if (row) {
            int at = rank - 2;
            int[] fewer = new int[sizes.length - 1];
            System.arraycopy(sizes, 0, fewer, 0, at);
            System.arraycopy(sizes, at + 1, fewer, at, fewer.length - at);
            sizes = fewer;
        }
        return call.reshape(product, Shape.of(sizes));
    }

    /** With one matrix on the right, all rows on the left make one matrix. */
    private static Value rows(Call call, Value a, Value b) {
        Shape s = a.shape();
        Value product = call.add(new MatMul(false, false), call.reshape(a, s.rows(), s.size(-1)), b);
        return call.reshape(product, s.with(-1, b.shape().size(1)));
    }

    private static Value batched(Call call, Value a, Value b) {
        int[] leading = common(a.shape(), b.shape());
        return call.add(new BatchedMatMul(false, false), stretched(call, a, leading), stretched(call, b, leading));
    }

    private static Value stretched(Call call, Value x, int[] leading) {
        int[] sizes = Arrays.copyOf(leading, leading.length + 2);
        sizes[leading.length] = x.shape().size(-2);
        sizes[leading.length + 1] = x.shape().size(-1);
        Shape wanted = Shape.of(sizes);
        return x.shape().equals(wanted) ? x : call.add(new Broadcast(wanted), x);
    }

    private static int[] common(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank()) - 2;
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int fromA = i - rank + a.rank() - 2;
            int fromB = i - rank + b.rank() - 2;
            int sizeA = fromA < 0 ? 1 : a.size(fromA);
            int sizeB = fromB < 0 ? 1 : b.size(fromB);
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
                throw new IllegalArgumentException(
                        "expected factors whose leading axes agree, received " + a + " and " + b);
            }
            sizes[i] = sizeA == 1 ? sizeB : sizeA;
        }
        return sizes;
    }
}
