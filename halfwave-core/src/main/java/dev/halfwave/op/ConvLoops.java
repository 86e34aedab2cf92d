package dev.halfwave.op;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Shape;

/**
 * Every product of a convolution once, as three positions: the definition that the convolution and both its gradients
 * share.
 *
 * @param geometry the convolution's sizes
 */
record ConvLoops(ConvGeometry geometry) {

    /** A product and a sum for every tap of every output, padding included. */
    static long flops(Shape y, Shape filters) {
        return 2L * y.elements() * filters.product(0, 3);
    }

    /** Visits all products, outputs outermost. */
    void each(Product product) {
        ConvGeometry g = geometry;
        for (int n = 0; n < g.n(); n++) {
            for (int p = 0; p < g.oh(); p++) {
                for (int q = 0; q < g.ow(); q++) {
                    window(n, p, q, product);
                }
            }
        }
    }

    private void window(int n, int p, int q, Product product) {
        ConvGeometry g = geometry;
        for (int i = 0; i < g.r(); i++) {
            int row = p * g.vertical().stride()
                    - g.vertical().before()
                    + i * g.vertical().dilation();
            for (int j = 0; j < g.s(); j++) {
                int column = q * g.horizontal().stride()
                        - g.horizontal().before()
                        + j * g.horizontal().dilation();
                if (row >= 0 && row < g.h() && column >= 0 && column < g.w()) {
                    int pixel = (n * g.h() + row) * g.w() + column;
                    int out = (n * g.oh() + p) * g.ow() + q;
                    channels(pixel, i * g.s() + j, out, product);
                }
            }
        }
    }

    private void channels(int pixel, int tap, int out, Product product) {
        ConvGeometry g = geometry;
        for (int k = 0; k < g.k(); k++) {
            int group = k / g.groupK();
            for (int c = 0; c < g.groupC(); c++) {
                int x = pixel * g.c() + group * g.groupC() + c;
                int w = (tap * g.groupC() + c) * g.k() + k;
                product.visit(x, w, out * g.k() + k);
            }
        }
    }

    /** What to do with one product. */
    @FunctionalInterface
    interface Product {
        /** The positions of the image's, the filter's and the output's element. */
        void visit(int x, int w, int y);
    }
}
