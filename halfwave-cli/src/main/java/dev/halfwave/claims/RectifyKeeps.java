package dev.halfwave.claims;

import dev.halfwave.data.Strokes;
import dev.halfwave.inspect.Filter;
import dev.halfwave.inspect.Filtering;
import dev.halfwave.inspect.Rectification;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Tensor;

/** Rectifies the feature maps of drawn digits with the kernels, and looks at every number. */
record RectifyKeeps() implements Claim {
    private static final int ROW = 14;

    @Override
    public String id() {
        return "rectify-keeps";
    }

    @Override
    public String text() {
        return "f(x) = max(0, x) on a feature map removes what is negative and keeps the rest.";
    }

    @Override
    public String source() {
        return "Fukushima 1969; Nair and Hinton 2010";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Strokes digits = Strokes.test(quick ? 20 : 200, 1);
        int removed = 0;
        int kept = 0;
        int wrong = 0;
        for (int i = 0; i < digits.size(); i++) {
            Rectification maps = rectified(digits, i);
            float[] before = maps.featureMap().data();
            float[] after = maps.rectified().data();
            for (int j = 0; j < before.length; j++) {
                removed += before[j] < 0 ? 1 : 0;
                kept += before[j] > 0 ? 1 : 0;
                wrong += after[j] == (before[j] < 0 ? 0 : before[j]) ? 0 : 1;
            }
        }
        String measured = Texts.format(
                "an edge filter over %d digits: of %,d negative values and %,d positive ones, %d came out otherwise",
                digits.size(), removed, kept, wrong);
        return new Finding(Verdict.of(wrong == 0 && removed > 0 && kept > 0), measured, row(rectified(digits, 0)));
    }

    private static Rectification rectified(Strokes digits, int index) {
        Tensor image = Tensor.zeros(digits.sampleShape());
        digits.read(index, image.data(), 0);
        return Filtering.rectify(Filter.of("sobel-x"), image, WorkerPool.shared());
    }

    /** One row through the middle of a digit's feature map. */
    private static Plot row(Rectification maps) {
        int width = maps.featureMap().shape().size(1);
        return Plot.counting("column of the feature map, in pixels", 0, width - 1, "value")
                .with("before", x -> maps.featureMap().at(ROW, (int) x, 0))
                .with("after", x -> maps.rectified().at(ROW, (int) x, 0));
    }
}
