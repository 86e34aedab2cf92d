package dev.halfwave.train;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.compile.Workspace;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * Moves a matrix's singular values towards 1 and keeps its singular vectors: divided by its Frobenius norm, five times
 * {@code X = a·X + (b·A + c·A²)·X} with {@code A = X·Xᵀ}, or the same from the other side where there are more rows than
 * columns.
 *
 * <p>The coefficients (3.4445, −4.7750, 2.0315) make small values grow fast; large ones end between 0.7 and 1.2, near
 * enough for {@link Muon}.
 */
final class NewtonSchulz {
    private static final String MATRIX = "matrix";
    private static final int STEPS = 5;
    private static final double A = 3.4445;
    private static final double B = -4.7750;
    private static final double C = 2.0315;

    private final Tensor matrix;
    private final Session session;

    NewtonSchulz(Shape shape, Kernels kernels, WorkerPool pool, Workspace workspace) {
        matrix = Tensor.zeros(shape);
        Graph graph = graph(shape);
        ParameterLayout none = ParameterLayout.of(graph);
        session = Compiler.compile(graph, none, kernels).session(new Parameters(none), pool, workspace);
        session.feed(MATRIX, matrix);
    }

    private static Graph graph(Shape shape) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        boolean tall = shape.size(0) > shape.size(1);
        Value x = g.input(MATRIX, shape);
        for (int i = 0; i < STEPS; i++) {
            Value a = g.add(new MatMul(tall, !tall), x, x);
            Value square = g.add(new MatMul(false, false), a, a);
            Value b = sum(g, a, B, square, C);
            Value moved = tall ? g.add(new MatMul(false, false), x, b) : g.add(new MatMul(false, false), b, x);
            x = sum(g, x, A, moved, 1);
        }
        g.output(MATRIX, x);
        return g.build();
    }

    private static Value sum(GraphBuilder g, Value x, double scaleX, Value y, double scaleY) {
        Value left = Terms.of(g, x, BinaryFunction.MULTIPLY, scaleX);
        Value right = scaleY == 1 ? y : Terms.of(g, y, BinaryFunction.MULTIPLY, scaleY);
        return Terms.of(g, left, BinaryFunction.ADD, right);
    }

    /** Where to put the matrix, of any size but zero, before {@link #run}. */
    float[] input() {
        return matrix.data();
    }

    /** Computes, and writes the result. */
    void run(float[] into) {
        float[] x = matrix.data();
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
        for (int i = 0; i < x.length; i++) {
            x[i] *= scale;
        }
        session.run(0);
        session.read(MATRIX, into, 0);
    }
}
