package dev.halfwave.kernel;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's optimizer updates against the formulas of their papers in double precision. */
@Tag("kernels")
class UpdateKernelsTest {
    private static final double TOLERANCE = 1e-5;

    /** One provider and one length; the length is the seed too. */
    record Case(String provider, int n) {
        UpdateKernels kernels() {
            return Providers.named(provider).updates();
        }
    }

    static Stream<Case> cases() {
        return Each.provider().stream()
                .flatMap(kernels -> Arrays.stream(Each.LENGTHS).mapToObj(n -> new Case(kernels.name(), n)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientDescentWithMomentum(Case test) {
        for (boolean nesterov : new boolean[] {false, true}) {
            for (float decay : new float[] {0, 0.01f}) {
                sgd(test, nesterov, decay);
            }
        }
    }

    private static void sgd(Case test, boolean nesterov, float decay) {
        Random random = new Random(test.n());
        Area p = Area.random(random, test.n());
        Area g = Area.random(random, test.n());
        Area v = Area.random(random, test.n());
        double[] velocity = new double[test.n()];
        double[] parameters = new double[test.n()];
        for (int i = 0; i < test.n(); i++) {
            double gradient = g.get(i) + (double) decay * p.get(i);
            velocity[i] = 0.9 * v.get(i) + gradient;
            parameters[i] = p.get(i) - 0.1 * (nesterov ? gradient + 0.9 * velocity[i] : velocity[i]);
        }
        Area plainP = p.copy();
        Area plainV = v.copy();
        String what = test + (nesterov ? " nesterov" : "") + " decay " + decay;
        run(test.kernels(), p, g, v, nesterov, decay);
        p.assertNear(what + " parameters", parameters, TOLERANCE * 10);
        v.assertNear(what + " velocity", velocity, TOLERANCE * 10);
        g.assertIntact(what + " gradient");
        run(Providers.scalar().updates(), plainP, g, plainV, nesterov, decay);
        p.assertSameBits(what + " as in plain Java", plainP);
        v.assertSameBits(what + " as in plain Java", plainV);
    }

    private static void run(UpdateKernels kernels, Area p, Area g, Area v, boolean nesterov, float decay) {
        kernels.sgd(
                p.array(),
                p.start(),
                g.array(),
                g.start(),
                v.array(),
                v.start(),
                p.length(),
                0.1f,
                0.9f,
                nesterov,
                decay);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void adamWithBothKindsOfDecay(Case test) {
        adam(test, 0, 0);
        adam(test, 0.01f, 0);
        adam(test, 0, 0.001f);
    }

    private static void adam(Case test, float l2, float decay) {
        Random random = new Random(test.n());
        Area p = Area.random(random, test.n());
        Area g = Area.random(random, test.n());
        Area m = Area.random(random, test.n());
        Area v = Area.random(random, test.n());
        for (int i = 0; i < test.n(); i++) {
            v.array()[v.start() + i] = Math.abs(v.get(i));
        }
        double[] mean = new double[test.n()];
        double[] square = new double[test.n()];
        double[] parameters = new double[test.n()];
        for (int i = 0; i < test.n(); i++) {
            double gradient = g.get(i) + (double) l2 * p.get(i);
            mean[i] = 0.9 * m.get(i) + 0.1 * gradient;
            square[i] = 0.999 * v.get(i) + 0.001 * gradient * gradient;
            double step = 0.01 * (mean[i] / 0.3) / (Math.sqrt(square[i] / 0.2) + 1e-6);
            parameters[i] = (1 - decay) * p.get(i) - step;
        }
        Area plainP = p.copy();
        Area plainM = m.copy();
        Area plainV = v.copy();
        String what = test + " l2 " + l2 + " decay " + decay;
        run(test.kernels(), p, g, m, v, l2, decay);
        p.assertNear(what + " parameters", parameters, TOLERANCE * 10);
        m.assertNear(what + " mean", mean, TOLERANCE * 10);
        v.assertNear(what + " square", square, TOLERANCE * 10);
        run(Providers.scalar().updates(), plainP, g, plainM, plainV, l2, decay);
        p.assertSameBits(what + " as in plain Java", plainP);
        m.assertSameBits(what + " as in plain Java", plainM);
        v.assertSameBits(what + " as in plain Java", plainV);
    }

    private static void run(UpdateKernels kernels, Area p, Area g, Area m, Area v, float l2, float decay) {
        kernels.adam(
                p.array(),
                p.start(),
                g.array(),
                g.start(),
                m.array(),
                m.start(),
                v.array(),
                v.start(),
                p.length(),
                0.01f,
                0.9f,
                0.999f,
                1e-6f,
                0.3f,
                0.2f,
                l2,
                decay);
    }
}
