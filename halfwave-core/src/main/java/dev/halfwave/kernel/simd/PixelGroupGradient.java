package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.WrappedKernel;

/** The filters' gradient of a convolution in {@link PixelGroups}: that of the wide filters, summed over the pixels. */
final class PixelGroupGradient extends WrappedKernel {
    private final PixelGroups groups;
    private final int room;

    PixelGroupGradient(PixelGroups groups) {
        super(FilterPlan.of(groups.wide()));
        this.groups = groups;
        room = groups.filterFloats() + 15 & ~15;
    }

    @Override
    public String algorithm() {
        return inner.algorithm() + ", " + groups.pixels() + " pixels at once";
    }

    @Override
    public int scratchFloats() {
        return Math.addExact(room, inner.scratchFloats());
    }

    @Override
    public int phases() {
        return inner.phases() + 1;
    }

    @Override
    public int tasks(int phase) {
        return phase < inner.phases() ? inner.tasks(phase) : 1;
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        if (phase < inner.phases()) {
            inner.run(phase, task, a, ao, packed, po, bias, biasO, scratch, so, scratch, so + room);
            return;
        }
        for (int row = 0; row < groups.narrow().r(); row++) {
            for (int column = 0; column < groups.narrow().s(); column++) {
                addUp(row, column, out, oo, scratch, so);
            }
        }
    }

    private void addUp(int row, int column, float[] out, int oo, float[] sums, int so) {
        int c = groups.narrow().c();
        int k = groups.narrow().k();
        int to = oo + (row * groups.narrow().s() + column) * c * k;
        for (int i = 0; i < c; i++) {
            int from = so + groups.place(row, column, 0) + i * groups.step();
            System.arraycopy(sums, from, out, to + i * k, k);
            for (int pixel = 1; pixel < groups.pixels(); pixel++) {
                int other = so + groups.place(row, column, pixel) + i * groups.step();
                Epilogue.add(out, to + i * k, sums, other, k);
            }
        }
    }
}
