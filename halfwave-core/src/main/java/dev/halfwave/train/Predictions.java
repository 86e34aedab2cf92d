package dev.halfwave.train;

import java.util.List;

/** Counts what was predicted for the samples of each class, and how often the right class was among the first k. */
final class Predictions {
    private final List<String> classes;
    private final int k;
    private final long[][] counts;
    private long amongFirst;
    private long samples;

    /** @throws IllegalArgumentException if there are no k classes */
    Predictions(List<String> classes, int k) {
        if (k < 1 || k > classes.size()) {
            throw new IllegalArgumentException(
                    "top-k: expected a k from 1 to the number of classes, " + classes.size() + ", received " + k);
        }
        this.classes = classes;
        this.k = k;
        this.counts = new long[classes.size()][classes.size()];
    }

    /** Adds n samples by their logits {@code [n, classes]} and their right classes' numbers. */
    void add(float[] logits, float[] labels, int n) {
        int size = classes.size();
        for (int i = 0; i < n; i++) {
            int right = (int) labels[i];
            counts[right][Tally.argmax(logits, i * size, size)]++;
            amongFirst += ahead(logits, i * size, right) < k ? 1 : 0;
        }
        samples += n;
    }

    /** How many classes come before the right one; of equal logits the first class's, as where one is chosen. */
    private int ahead(float[] logits, int from, int right) {
        float of = logits[from + right];
        int ahead = 0;
        for (int j = 0; j < classes.size(); j++) {
            boolean behind = j < right ? logits[from + j] < of : logits[from + j] <= of; // false if not a number
            ahead += j == right || behind ? 0 : 1;
        }
        return ahead;
    }

    Evaluation of(Score score) {
        double topK = samples == 0 ? 0 : (double) amongFirst / samples;
        return new Evaluation(score, k, topK, new Confusion(classes, counts));
    }
}
