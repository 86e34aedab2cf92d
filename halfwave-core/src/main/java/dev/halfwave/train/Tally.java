package dev.halfwave.train;

/** Loss and accuracy summed up over samples. */
public final class Tally {
    private double lossSum;
    private long correct;
    private long samples;

    /** Nothing counted yet. */
    public Tally() {}

    /** Goes on from sums that were kept. */
    static Tally of(double lossSum, long correct, long samples) {
        Tally tally = new Tally();
        tally.lossSum = lossSum;
        tally.correct = correct;
        tally.samples = samples;
        return tally;
    }

    /** Adds a batch: its mean loss, and its logits {@code [n, classes]} with the right classes' numbers. */
    void add(double meanLoss, float[] logits, float[] labels, int n, int classes) {
        lossSum += meanLoss * n;
        samples += n;
        for (int i = 0; i < n; i++) {
            correct += argmax(logits, i * classes, classes) == (int) labels[i] ? 1 : 0;
        }
    }

    /** The number of the largest of some logits, the first one's if there are several. */
    static int argmax(float[] logits, int from, int classes) {
        int best = 0;
        for (int j = 1; j < classes; j++) {
            best = logits[from + j] > logits[from + best] ? j : best;
        }
        return best;
    }

    /** The mean loss; 0 before the first sample. */
    public double loss() {
        return samples == 0 ? 0 : lossSum / samples;
    }

    /** The share of samples whose largest logit is the right one; 0 before the first sample. */
    public double accuracy() {
        return samples == 0 ? 0 : (double) correct / samples;
    }

    /** How many samples were counted. */
    public long samples() {
        return samples;
    }

    double lossSum() {
        return lossSum;
    }

    long correct() {
        return correct;
    }
}
