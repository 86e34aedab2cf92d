package dev.halfwave.kernel;

/** Optimizer updates in place over a range of parameters p with gradients g. */
public interface UpdateKernels {
    /**
     * Gradient descent with momentum: {@code g += decay·p; v = momentum·v + g; p −= rate·(nesterov ? g + momentum·v :
     * v)}.
     *
     * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013</a>
     */
    void sgd(
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
            float decay);

    /**
     * Adam: {@code g += l2·p; m += (1−β₁)(g−m); v += (1−β₂)(g²−v); p = (1 − decay)·p − rate·(m/correction₁) /
     * (√(v/correction₂) + ε)}.
     *
     * @param correction1 1 − β₁ᵗ
     * @param correction2 1 − β₂ᵗ
     * @param l2 weight decay through the gradient, as in plain Adam
     * @param decay decoupled weight decay, already multiplied by the rate, as in AdamW
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015, algorithm 1</a>
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, algorithm 2</a>
     */
    void adam(
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
            float decay);

    /**
     * Steps divided by the root of squared gradients: {@code g += l2·p; v = keep·v + take·g²; p −= rate·g / (√v + ε)}.
     *
     * <p>RMSProp keeps ρ and takes 1 − ρ, Adagrad keeps and takes everything.
     *
     * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Tieleman and Hinton 2012</a>
     * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer 2011</a>
     */
    void scaled(
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
            float l2);

    /**
     * Adam with Nesterov's look-ahead: {@code g += l2·p; m += (1−β₁)(g−m); v += (1−β₂)(g²−v); p −= (meanRate·m +
     * gradientRate·g) / (√(v/correction₂) + ε)}.
     *
     * @param meanRate rate·β₁ / (1 − β₁ᵗ⁺¹)
     * @param gradientRate rate·(1 − β₁) / (1 − β₁ᵗ)
     * @param correction2 1 − β₂ᵗ
     * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat 2016</a>
     */
    void nadam(
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
            float l2);

    /**
     * Lion: {@code c = m + (1−β₁)(g−m); p = (1 − decay)·p − rate·sign(c); m += (1−β₂)(g−m)}, where sign(0) is 0.
     *
     * @param decay decoupled weight decay, already multiplied by the rate
     * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al. 2023, algorithm 2</a>
     */
    void lion(
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
            float decay);
}
