package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.UpdateKernels;
import dev.halfwave.kernel.scalar.ScalarUpdateKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Optimizer updates on vectors; what is left of a range is updated in plain Java, with the same bits. */
final class SimdUpdateKernels implements UpdateKernels {
    private final ScalarUpdateKernels rest = new ScalarUpdateKernels();

    @Override
    public void sgd(
            float[] p,
            int po,
            float[] g,
            int go,
            float[] v,
            int vo,
            int n,
            float rate,
            float momentum,
            boolean nesterov,
            float decay) {
        int end = SPECIES.loopBound(n);
        if (nesterov) {
            sgdAhead(p, po, g, go, v, vo, end, rate, momentum, decay);
        } else {
            sgdBehind(p, po, g, go, v, vo, end, rate, momentum, decay);
        }
        rest.sgd(p, po + end, g, go + end, v, vo + end, n - end, rate, momentum, nesterov, decay);
    }

    private static void sgdBehind(
            float[] p, int po, float[] g, int go, float[] v, int vo, int n, float rate, float momentum, float decay) {
        for (int i = 0; i < n; i += COUNT) {
            FloatVector parameters = FloatVector.fromArray(SPECIES, p, po + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i).add(parameters.mul(decay));
            FloatVector velocity =
                    FloatVector.fromArray(SPECIES, v, vo + i).mul(momentum).add(gradient);
            velocity.intoArray(v, vo + i);
            parameters.sub(velocity.mul(rate)).intoArray(p, po + i);
        }
    }

    private static void sgdAhead(
            float[] p, int po, float[] g, int go, float[] v, int vo, int n, float rate, float momentum, float decay) {
        for (int i = 0; i < n; i += COUNT) {
            FloatVector parameters = FloatVector.fromArray(SPECIES, p, po + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i).add(parameters.mul(decay));
            FloatVector velocity =
                    FloatVector.fromArray(SPECIES, v, vo + i).mul(momentum).add(gradient);
            velocity.intoArray(v, vo + i);
            parameters.sub(velocity.mul(momentum).add(gradient).mul(rate)).intoArray(p, po + i);
        }
    }

    @Override
    public void adam(
            float[] p,
            int po,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            int n,
            float rate,
            float beta1,
            float beta2,
            float epsilon,
            float correction1,
            float correction2,
            float l2,
            float decay) {
        float step = rate / correction1;
        float widen = 1 / correction2;
        float keep = 1 - decay;
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector parameters = FloatVector.fromArray(SPECIES, p, po + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i).add(parameters.mul(l2));
            FloatVector mean = FloatVector.fromArray(SPECIES, m, mo + i);
            FloatVector square = FloatVector.fromArray(SPECIES, v, vo + i);
            mean = mean.add(gradient.sub(mean).mul(1 - beta1));
            square = square.add(gradient.mul(gradient).sub(square).mul(1 - beta2));
            mean.intoArray(m, mo + i);
            square.intoArray(v, vo + i);
            FloatVector change = mean.mul(step).div(square.mul(widen).sqrt().add(epsilon));
            parameters.mul(keep).sub(change).intoArray(p, po + i);
        }
        rest.adam(
                p,
                po + end,
                g,
                go + end,
                m,
                mo + end,
                v,
                vo + end,
                n - end,
                rate,
                beta1,
                beta2,
                epsilon,
                correction1,
                correction2,
                l2,
                decay);
    }

    @Override
    public void scaled(
            float[] p,
            int po,
            float[] g,
            int go,
            float[] v,
            int vo,
            int n,
            float rate,
            float keep,
            float take,
            float epsilon,
            float l2) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector parameters = FloatVector.fromArray(SPECIES, p, po + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i).add(parameters.mul(l2));
            FloatVector square = FloatVector.fromArray(SPECIES, v, vo + i).mul(keep);
            square = square.add(gradient.mul(gradient).mul(take));
            square.intoArray(v, vo + i);
            FloatVector change = gradient.mul(rate).div(square.sqrt().add(epsilon));
            parameters.sub(change).intoArray(p, po + i);
        }
        rest.scaled(p, po + end, g, go + end, v, vo + end, n - end, rate, keep, take, epsilon, l2);
    }

    @Override
    public void nadam(
            float[] p,
            int po,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            int n,
            float meanRate,
            float gradientRate,
            float beta1,
            float beta2,
            float epsilon,
            float correction2,
            float l2) {
        float widen = 1 / correction2;
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector parameters = FloatVector.fromArray(SPECIES, p, po + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i).add(parameters.mul(l2));
            FloatVector mean = FloatVector.fromArray(SPECIES, m, mo + i);
            FloatVector square = FloatVector.fromArray(SPECIES, v, vo + i);
            mean = mean.add(gradient.sub(mean).mul(1 - beta1));
            square = square.add(gradient.mul(gradient).sub(square).mul(1 - beta2));
            mean.intoArray(m, mo + i);
            square.intoArray(v, vo + i);
            FloatVector ahead = mean.mul(meanRate).add(gradient.mul(gradientRate));
            parameters.sub(ahead.div(square.mul(widen).sqrt().add(epsilon))).intoArray(p, po + i);
        }
        rest.nadam(
                p,
                po + end,
                g,
                go + end,
                m,
                mo + end,
                v,
                vo + end,
                n - end,
                meanRate,
                gradientRate,
                beta1,
                beta2,
                epsilon,
                correction2,
                l2);
    }

    @Override
    public void lion(
            float[] p,
            int po,
            float[] g,
            int go,
            float[] m,
            int mo,
            int n,
            float rate,
            float beta1,
            float beta2,
            float decay) {
        float keep = 1 - decay;
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector parameters = FloatVector.fromArray(SPECIES, p, po + i);
            FloatVector mean = FloatVector.fromArray(SPECIES, m, mo + i);
            FloatVector rise = FloatVector.fromArray(SPECIES, g, go + i).sub(mean);
            FloatVector direction = mean.add(rise.mul(1 - beta1));
            FloatVector step = FloatVector.zero(SPECIES)
                    .blend(rate, direction.compare(VectorOperators.GT, 0))
                    .blend(-rate, direction.compare(VectorOperators.LT, 0));
            mean.add(rise.mul(1 - beta2)).intoArray(m, mo + i);
            parameters.mul(keep).sub(step).intoArray(p, po + i);
        }
        rest.lion(p, po + end, g, go + end, m, mo + end, n - end, rate, beta1, beta2, decay);
    }
}
