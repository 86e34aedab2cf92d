package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/** Pools random maps before and after rectifying them, by the largest value and by the mean. */
record MaxPoolingCommutes() implements Claim {
    private static final int WINDOW = 4;
    private static final int SHOWN = 24;

    @Override
    public String id() {
        return "max-pooling-commutes";
    }

    @Override
    public String text() {
        return "Max pooling commutes with ReLU.";
    }

    @Override
    public String source() {
        return "a common remark on the order of layers; no first source known";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        SplittableRandom random = new SplittableRandom(1);
        int windows = quick ? 10_000 : 1_000_000;
        int maxDiffers = 0;
        int meanDiffers = 0;
        for (int i = 0; i < windows; i++) {
            double[] window = draw(random);
            maxDiffers += rectifiedMax(window) == maxRectified(window) ? 0 : 1;
            meanDiffers += rectifiedMean(window) == meanRectified(window) ? 0 : 1;
        }
        String measured = Texts.format(
                "of %,d random 2×2 windows the order changes %d for max pooling, %,d for average pooling",
                windows, maxDiffers, meanDiffers);
        return new Finding(Verdict.of(maxDiffers == 0 && meanDiffers > windows / 2), measured, plot());
    }

    private static Plot plot() {
        SplittableRandom random = new SplittableRandom(2);
        double[][] shown = new double[SHOWN][];
        for (int i = 0; i < SHOWN; i++) {
            shown[i] = draw(random);
        }
        return Plot.counting("window", 0, SHOWN - 1, "difference between the orders")
                .with("max pooling", i -> maxRectified(shown[(int) i]) - rectifiedMax(shown[(int) i]))
                .with("average pooling", i -> meanRectified(shown[(int) i]) - rectifiedMean(shown[(int) i]));
    }

    private static double[] draw(SplittableRandom random) {
        return random.doubles(WINDOW, -1, 1).toArray();
    }

    private static double rectifiedMax(double[] window) {
        return relu(DoubleStream.of(window).max().orElseThrow());
    }

    private static double maxRectified(double[] window) {
        return DoubleStream.of(window).map(MaxPoolingCommutes::relu).max().orElseThrow();
    }

    private static double rectifiedMean(double[] window) {
        return relu(DoubleStream.of(window).sum() / WINDOW);
    }

    private static double meanRectified(double[] window) {
        return DoubleStream.of(window).map(MaxPoolingCommutes::relu).sum() / WINDOW;
    }

    private static double relu(double x) {
        Activation relu = new Relu();
        return relu.at(x);
    }
}
