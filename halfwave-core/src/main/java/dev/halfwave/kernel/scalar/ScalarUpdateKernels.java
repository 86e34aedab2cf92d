package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.UpdateKernels;

/** Optimizer updates in plain Java. */
public final class ScalarUpdateKernels implements UpdateKernels {
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
        for (int i = 0; i < n; i++) {
            float gradient = g[go + i] + decay * p[po + i];
            float velocity = momentum * v[vo + i] + gradient;
            v[vo + i] = velocity;
            p[po + i] -= rate * (nesterov ? gradient + momentum * velocity : velocity);
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
        for (int i = 0; i < n; i++) {
            float gradient = g[go + i] + l2 * p[po + i];
            float mean = m[mo + i] + (1 - beta1) * (gradient - m[mo + i]);
            float square = v[vo + i] + (1 - beta2) * (gradient * gradient - v[vo + i]);
            m[mo + i] = mean;
            v[vo + i] = square;
            p[po + i] = keep * p[po + i] - step * mean / ((float) Math.sqrt(square * widen) + epsilon);
        }
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
        for (int i = 0; i < n; i++) {
            float gradient = g[go + i] + l2 * p[po + i];
            float square = keep * v[vo + i] + take * (gradient * gradient);
            v[vo + i] = square;
            p[po + i] -= rate * gradient / ((float) Math.sqrt(square) + epsilon);
        }
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
        for (int i = 0; i < n; i++) {
            float gradient = g[go + i] + l2 * p[po + i];
            float mean = m[mo + i] + (1 - beta1) * (gradient - m[mo + i]);
            float square = v[vo + i] + (1 - beta2) * (gradient * gradient - v[vo + i]);
            m[mo + i] = mean;
            v[vo + i] = square;
            p[po + i] -= (meanRate * mean + gradientRate * gradient) / ((float) Math.sqrt(square * widen) + epsilon);
        }
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
        for (int i = 0; i < n; i++) {
            float rise = g[go + i] - m[mo + i];
            float direction = m[mo + i] + (1 - beta1) * rise;
            float step = direction > 0 ? rate : direction < 0 ? -rate : 0;
            m[mo + i] += (1 - beta2) * rise;
            p[po + i] = keep * p[po + i] - step;
        }
    }
}
