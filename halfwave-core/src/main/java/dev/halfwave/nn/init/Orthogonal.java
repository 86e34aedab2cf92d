package dev.halfwave.nn.init;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * A random orthogonal matrix times a gain, which keeps the length of every signal, also through many layers.
 *
 * <p>The parameter is taken as a matrix of fan-in rows and one column per output. If there are no more columns than rows,
 * the columns are orthonormal, otherwise the rows are: the vectors of a normal draw, made orthogonal one after another by
 * Gram and Schmidt's method, each twice, in double precision. That takes fan-in · outputs · the smaller of both steps.
 *
 * @param gain what the matrix is multiplied by; 1 by default, √2 for ReLU
 * @see <a href="https://arxiv.org/abs/1312.6120">Saxe, McClelland and Ganguli 2014</a>
 */
public record Orthogonal(double gain) implements Initializer {
    /** With a gain of 1. */
    public Orthogonal() {
        this(1);
    }

    /** For an activation, by its {@link Gain}. */
    public static Orthogonal of(Activation activation) {
        return new Orthogonal(Gain.of(activation));
    }

    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        int rows = shape.rows();
        int columns = shape.elements() / Math.max(1, rows);
        double[][] vectors = vectors(Math.min(rows, columns), Math.max(rows, columns), random);
        for (int i = 0; i < shape.elements(); i++) {
            int row = i / columns;
            int column = i % columns;
            double value = columns <= rows ? vectors[column][row] : vectors[row][column];
            into[offset + i] = (float) (gain * value);
        }
    }

    /** So many orthonormal vectors of so many elements, no fewer elements than vectors. */
    private static double[][] vectors(int count, int length, RandomGenerator random) {
        double[][] vectors = new double[count][length];
        for (int i = 0; i < count; i++) {
            double[] v = vectors[i];
            for (int k = 0; k < length; k++) {
                v[k] = random.nextGaussian();
            }
            // the second time takes away what rounding left of the others the first time
            for (int again = 0; again < 2; again++) {
                for (int j = 0; j < i; j++) {
                    add(v, -dot(v, vectors[j]), vectors[j]);
                }
                add(v, 1 / Math.sqrt(dot(v, v)) - 1, v);
            }
        }
        return vectors;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** Adds {@code factor·b} to a. */
    private static void add(double[] a, double factor, double[] b) {
        for (int k = 0; k < a.length; k++) {
            a[k] += factor * b[k];
        }
    }
}
