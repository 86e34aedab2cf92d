package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Strokes;
import dev.halfwave.inspect.EffectiveMap;
import dev.halfwave.inspect.EffectiveMaps;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Networks;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Tensor;

/** Finds the weighted sum that a convolutional network is for each of many digits, and compares it with the logits. */
record OneWeightedSum() implements Claim {
    private static final int PLACES = 61;

    @Override
    public String id() {
        return "one-weighted-sum";
    }

    @Override
    public String text() {
        return "For each input, a ReLU network is one weighted sum of the pixels.";
    }

    @Override
    public String source() {
        return "Montúfar et al. 2014, section 2";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Strokes digits = Strokes.test(quick ? 20 : 200, 1);
        Model model = Model.initialized(
                Networks.lenet(digits.sampleShape(), digits.classes().size(), new Relu()), digits.classes(), 1);
        EffectiveMaps maps = EffectiveMaps.of(model, WorkerPool.shared());
        double single = 0;
        for (int i = 0; i < digits.size(); i++) {
            single = Math.max(single, relative(maps.at(image(digits, i))));
        }
        EffectiveMap first = maps.exactlyAt(image(digits, 0));
        double exact = relative(first);
        String measured = Texts.format(
                "LeNet with fresh weights on %d digits: W·x + b is at most %.1e of the largest logit away in float32, and"
                        + " %.1e on the first in double",
                digits.size(), single, exact);
        return new Finding(Verdict.of(single < 1e-4 && exact < 1e-10), measured, way(model, first, image(digits, 1)));
    }

    private static double relative(EffectiveMap map) {
        DoubleTensor logits = map.logits();
        double size = 0;
        for (double logit : logits.data()) {
            size = Math.max(size, Math.abs(logit));
        }
        return map.residual() / size;
    }

    /** The first digit's best logit and what its sum predicts, on the way to the second digit. */
    private static Plot way(Model model, EffectiveMap first, Tensor second) {
        Plot plot = Plot.over("way from the first digit, 0, to the second, 1", 0, 1, PLACES, "logit");
        Tensor start = first.image();
        int n = start.data().length;
        Tensor images = Tensor.zeros(start.shape().prepend(PLACES));
        double[] predicted = new double[PLACES];
        double[] actual = new double[PLACES];
        for (int i = 0; i < PLACES; i++) {
            Tensor between = start.copy();
            for (int j = 0; j < n; j++) {
                between.data()[j] += (second.data()[j] - start.data()[j]) * i / (PLACES - 1);
            }
            System.arraycopy(between.data(), 0, images.data(), i * n, n);
            predicted[i] =
                    new EffectiveMap(between, first.logits(), first.weights(), first.bias()).predicted(first.best());
        }
        Tensor logits = model.predictor(WorkerPool.shared()).logits(images);
        for (int i = 0; i < PLACES; i++) {
            actual[i] = logits.at(i, first.best());
        }
        return plot.with("network", actual).with("weighted sum of the first digit", predicted);
    }

    private static Tensor image(Strokes digits, int index) {
        Tensor image = Tensor.zeros(digits.sampleShape());
        digits.read(index, image.data(), 0);
        return image;
    }
}
