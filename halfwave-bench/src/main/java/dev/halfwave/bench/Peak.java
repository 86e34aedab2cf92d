package dev.halfwave.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do at best: sixteen independent chains of multiply-adds that never leave the registers.
 *
 * <p>Twelve would do, but then C2 finds the method small enough to put it into its callers, where it runs at a third of
 * the speed.
 */
final class Peak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LOOPS = 30_000;
    private static final int CHAINS = 16;
    private static final int RUNS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @SuppressWarnings("UnusedVariable") // written so that the loop is not dropped
    private static float sink;

    private Peak() {}

    /** GFLOP/s of the best of a few short runs. */
    static double measure() {
        double best = 0;
        for (int i = 0; i < RUNS; i++) {
            long start = cpuNanos();
            sink += chains(LOOPS);
            best = Math.max(best, 2.0 * LOOPS * CHAINS * SPECIES.length() / (cpuNanos() - start));
        }
        return best;
    }

    /** The time that this thread has spent on a core, which leaves out when others had it. */
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static float chains(int loops) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 1e-9f);
        FloatVector a = x.add(1), b = x.add(2), c = x.add(3), d = x.add(4), e = x.add(5), f = x.add(6);
        FloatVector g = x.add(7), h = x.add(8), i = x.add(9), j = x.add(10), k = x.add(11), l = x.add(12);
        FloatVector o = x.add(13), p = x.add(14), q = x.add(15), r = x.add(16);
        for (int n = 0; n < loops; n++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
            o = o.fma(x, y);
            p = p.fma(x, y);
            q = q.fma(x, y);
            r = r.fma(x, y);
        }
        FloatVector sum = a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l);
        sum = sum.add(o).add(p).add(q).add(r);
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
