package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.Network;
import dev.halfwave.train.Loss;
import dev.halfwave.train.SoftmaxLoss;
import dev.halfwave.train.SquaredHingeLoss;
import dev.halfwave.train.SvmLoss;

/** Trains the same network with three losses on its logits, each at its best rate. */
record SvmReadout() implements Claim {
    private static final int EPOCHS = 12;

    /** A gain below a point is nobody's reason for another loss. */
    private static final double MATTERS = 0.01;

    @Override
    public String id() {
        return "svm-readout";
    }

    @Override
    public String text() {
        return "A support vector machine reads out a network better than softmax does.";
    }

    @Override
    public String source() {
        return "Tang 2013, Deep Learning using Linear Support Vector Machines";
    }

    @Override
    public Verdict expected() {
        return Verdict.FALSE;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 4 : 10;
        int digits = quick ? 1000 : 4000;
        Runs softmax = Runs.of(trial(new SoftmaxLoss(), digits), seeds);
        Runs squared = Runs.of(trial(new SquaredHingeLoss(), digits), seeds);
        Runs hinge = Runs.of(trial(new SvmLoss(), digits), seeds);
        Spread gain = squared.above(softmax);
        String measured = Texts.format(
                "2 convolutions and 64 units, %d epochs of %,d digits, %d seeds, the best of 3 rates for each: test accuracy"
                        + " %s with softmax, %s with Tang's squared hinge and %s with the multi-class hinge; paired"
                        + " difference %s and %s points (95 %% intervals; a point is the least that counts)",
                EPOCHS,
                digits,
                seeds,
                softmax.accuracy().percent(),
                squared.accuracy().percent(),
                hinge.accuracy().percent(),
                gain.points(),
                hinge.above(softmax).points());
        Plot plot = Plot.counting("epochs", 1, EPOCHS, "test accuracy, mean over seeds")
                .with("softmax", softmax.curve())
                .with("squared hinge", squared.curve())
                .with("multi-class hinge", hinge.curve());
        boolean better = gain.isAbove(MATTERS) || hinge.above(softmax).isAbove(MATTERS);
        return new Finding(Verdict.of(better), measured, plot);
    }

    private static Trial trial(Loss loss, int digits) {
        Network network = SmallNet.convolutional(
                layer -> SmallNet.chain(layer, new Activate(new Relu())),
                layer -> SmallNet.chain(layer, new Activate(new Relu())));
        return Trial.of(network, 1, EPOCHS, digits).loss(loss).atBest(0.003, 0.01, 0.03);
    }
}
