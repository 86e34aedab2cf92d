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

    @ParameterizedTest
    @MethodSource("cases")
    void stepsScaledBySquares(Case test) {
        scaled(test, 0.9f, 0.1f, 0);
        scaled(test, 0.9f, 0.1f, 0.01f);
        scaled(test, 1, 1, 0);
    }

    private static void scaled(Case test, float keep, float take, float l2) {
        Random random = new Random(test.n());
        Area p = Area.random(random, test.n());
        Area g = Area.random(random, test.n());
        Area v = squares(random, test.n());
        double[] square = new double[test.n()];
        double[] parameters = new double[test.n()];
        for (int i = 0; i < test.n(); i++) {
            double gradient = g.get(i) + (double) l2 * p.get(i);
            square[i] = (double) keep * v.get(i) + take * gradient * gradient;
            parameters[i] = p.get(i) - 0.01 * gradient / (Math.sqrt(square[i]) + 1e-6);
        }
        Area plainP = p.copy();
        Area plainV = v.copy();
        String what = test + " keep " + keep + " l2 " + l2;
        scaled(test.kernels(), p, g, v, keep, take, l2);
        p.assertNear(what + " parameters", parameters, TOLERANCE * 10);
        v.assertNear(what + " square", square, TOLERANCE * 10);
        scaled(Providers.scalar().updates(), plainP, g, plainV, keep, take, l2);
        p.assertSameBits(what + " as in plain Java", plainP);
        v.assertSameBits(what + " as in plain Java", plainV);
    }

    private static void scaled(UpdateKernels kernels, Area p, Area g, Area v, float keep, float take, float l2) {
        kernels.scaled(
                p.array(),
                p.start(),
                g.array(),
                g.start(),
                v.array(),
                v.start(),
                p.length(),
                0.01f,
                keep,
                take,
                1e-6f,
                l2);
    }

    private static Area squares(Random random, int n) {
        Area v = Area.random(random, n);
        for (int i = 0; i < n; i++) {
            v.array()[v.start() + i] = Math.abs(v.get(i));
        }
        return v;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void adamThatLooksAhead(Case test) {
        for (float l2 : new float[] {0, 0.01f}) {
            Random random = new Random(test.n());
            Area p = Area.random(random, test.n());
            Area g = Area.random(random, test.n());
            Area m = Area.random(random, test.n());
            Area v = squares(random, test.n());
            double[] mean = new double[test.n()];
            double[] square = new double[test.n()];
            double[] parameters = new double[test.n()];
            for (int i = 0; i < test.n(); i++) {
                double gradient = g.get(i) + (double) l2 * p.get(i);
                mean[i] = 0.9 * m.get(i) + 0.1 * gradient;
                square[i] = 0.999 * v.get(i) + 0.001 * gradient * gradient;
                double step = (0.03 * mean[i] + 0.01 * gradient) / (Math.sqrt(square[i] / 0.2) + 1e-6);
                parameters[i] = p.get(i) - step;
            }
            Area plainP = p.copy();
            Area plainM = m.copy();
            Area plainV = v.copy();
            String what = test + " l2 " + l2;
            nadam(test.kernels(), p, g, m, v, l2);
            p.assertNear(what + " parameters", parameters, TOLERANCE * 10);
            m.assertNear(what + " mean", mean, TOLERANCE * 10);
            v.assertNear(what + " square", square, TOLERANCE * 10);
            nadam(Providers.scalar().updates(), plainP, g, plainM, plainV, l2);
            p.assertSameBits(what + " as in plain Java", plainP);
            m.assertSameBits(what + " as in plain Java", plainM);
            v.assertSameBits(what + " as in plain Java", plainV);
        }
    }

    private static void nadam(UpdateKernels kernels, Area p, Area g, Area m, Area v, float l2) {
        kernels.nadam(
                p.array(),
                p.start(),
                g.array(),
                g.start(),
                m.array(),
                m.start(),
                v.array(),
                v.start(),
                p.length(),
                0.03f,
                0.01f,
                0.9f,
                0.999f,
                1e-6f,
                0.2f,
                l2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsInTheDirectionOfASign(Case test) {
        for (float decay : new float[] {0, 0.001f}) {
            Random random = new Random(test.n());
            Area p = Area.random(random, test.n());
            Area g = Area.random(random, test.n());
            Area m = Area.random(random, test.n());
            for (int i = 0; i < test.n(); i += 3) { // where there is no direction there is no step
                g.array()[g.start() + i] = 0;
                m.array()[m.start() + i] = 0;
            }
            double[] mean = new double[test.n()];
            double[] parameters = new double[test.n()];
            for (int i = 0; i < test.n(); i++) {
                double direction = Math.signum(0.9 * m.get(i) + 0.1 * g.get(i));
                parameters[i] = p.get(i) - 0.01 * direction - (double) decay * p.get(i);
                mean[i] = 0.99 * m.get(i) + 0.01 * g.get(i);
            }
            Area plainP = p.copy();
            Area plainM = m.copy();
            String what = test + " decay " + decay;
            lion(test.kernels(), p, g, m, decay);
            p.assertNear(what + " parameters", parameters, TOLERANCE * 10);
            m.assertNear(what + " mean", mean, TOLERANCE * 10);
            lion(Providers.scalar().updates(), plainP, g, plainM, decay);
            p.assertSameBits(what + " as in plain Java", plainP);
            m.assertSameBits(what + " as in plain Java", plainM);
        }
    }

    private static void lion(UpdateKernels kernels, Area p, Area g, Area m, float decay) {
        kernels.lion(
                p.array(),
                p.start(),
                g.array(),
                g.start(),
                m.array(),
                m.start(),
                p.length(),
                0.01f,
                0.9f,
                0.99f,
                decay);
    }
}
