package dev.halfwave.claims;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A small matrix in double precision.
 *
 * @param rows how many rows
 * @param columns how many columns
 * @param data row-major, {@code rows · columns} numbers
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between plain loops, never compared
record Matrix(int rows, int columns, double[] data) {

    static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new double[rows * columns]);
    }

    static Matrix identity(int size) {
        Matrix one = zeros(size, size);
        for (int i = 0; i < size; i++) {
            one.data[i * size + i] = 1;
        }
        return one;
    }

    /** The rows of a tensor of rank 2. */
    static Matrix of(Tensor rows) {
        Matrix wide = zeros(rows.shape().size(0), rows.shape().size(1));
        for (int i = 0; i < wide.data.length; i++) {
            wide.data[i] = rows.data()[i];
        }
        return wide;
    }

    static Matrix gaussian(int rows, int columns, double deviation, RandomGenerator random) {
        return zeros(rows, columns).map(zero -> deviation * random.nextGaussian());
    }

    /** Weights as a layer draws them. */
    static Matrix drawn(Initializer initializer, int rows, int columns, RandomGenerator random) {
        Tensor weights = Tensor.zeros(Shape.of(rows, columns));
        initializer.fill(weights.shape(), weights.data(), 0, random);
        return of(weights);
    }

    Tensor toTensor() {
        Tensor narrow = Tensor.zeros(Shape.of(rows, columns));
        for (int i = 0; i < data.length; i++) {
            narrow.data()[i] = (float) data[i];
        }
        return narrow;
    }

    double at(int row, int column) {
        return data[row * columns + column];
    }

    Matrix times(Matrix other) {
        Matrix product = zeros(rows, other.columns);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                double a = at(i, k);
                for (int j = 0; j < other.columns; j++) {
                    product.data[i * other.columns + j] += a * other.at(k, j);
                }
            }
        }
        return product;
    }

    Matrix transposed() {
        Matrix turned = zeros(columns, rows);
        for (int i = 0; i < data.length; i++) {
            turned.data[i % columns * rows + i / columns] = data[i];
        }
        return turned;
    }

    Matrix map(DoubleUnaryOperator f) {
        Matrix mapped = zeros(rows, columns);
        for (int i = 0; i < data.length; i++) {
            mapped.data[i] = f.applyAsDouble(data[i]);
        }
        return mapped;
    }

    Matrix minus(Matrix other) {
        Matrix difference = zeros(rows, columns);
        for (int i = 0; i < data.length; i++) {
            difference.data[i] = data[i] - other.data[i];
        }
        return difference;
    }

    /** The product element by element. */
    Matrix scaled(Matrix other) {
        Matrix product = zeros(rows, columns);
        for (int i = 0; i < data.length; i++) {
            product.data[i] = data[i] * other.data[i];
        }
        return product;
    }

    /** √Σx². */
    double norm() {
        return Math.sqrt(meanSquare() * data.length);
    }

    /** The mean of all x². */
    double meanSquare() {
        double sum = 0;
        for (double x : data) {
            sum += x * x;
        }
        return sum / data.length;
    }

    /** The largest |x|. */
    double largest() {
        double most = 0;
        for (double x : data) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }
}
