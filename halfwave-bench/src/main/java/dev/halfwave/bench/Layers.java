package dev.halfwave.bench;

import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.List;

/** The layers that are timed: 3×3 layers of residual networks, the Keras MNIST network, and the odd ones out. */
final class Layers {
    private static final Window THREE = new Window(3, 1, 1, 1, 1);
    private static final Window THREE_STRIDED = new Window(3, 2, 1, 0, 1);
    private static final Window FIVE = new Window(5, 1, 1, 2, 2);
    private static final Window SEVEN_STRIDED = new Window(7, 2, 1, 2, 3);

    /** One direction of one layer, with the sizes of its operands and result. */
    record Layer(String name, String direction, BilinearKernel kernel, long flops, int a, int b, int out) {
        @Override
        public String toString() {
            return name + " " + direction;
        }
    }

    private final Kernels kernels;
    private final List<Layer> layers = new ArrayList<>();

    private Layers(Kernels kernels) {
        this.kernels = kernels;
    }

    static List<Layer> of(Kernels kernels) {
        Layers layers = new Layers(kernels);
        layers.residual();
        layers.mnist();
        layers.others();
        return layers.layers;
    }

    private void residual() {
        for (int n : new int[] {1, 8}) {
            conv(n, 56, 64, 64, THREE, 1);
            conv(n, 28, 128, 128, THREE, 1);
            conv(n, 14, 256, 256, THREE, 1);
            conv(n, 7, 512, 512, THREE, 1);
        }
        conv(64, 28, 32, 64, THREE, 1);
    }

    private void mnist() {
        for (int n : new int[] {64, 128}) {
            conv(n, 28, 1, 32, THREE, 1);
            dense(n, 12544, 128);
        }
        conv(128, 28, 32, 64, THREE, 1);
        dense(1, 12544, 128);
        dense(128, 128, 10);
    }

    private void others() {
        conv(8, 56, 64, 128, THREE_STRIDED, 1);
        conv(8, 56, 256, 64, Window.of(1, 1), 1);
        conv(8, 56, 64, 256, Window.of(1, 1), 1);
        conv(8, 224, 3, 64, SEVEN_STRIDED, 1);
        conv(64, 32, 16, 16, THREE, 1);
        conv(64, 28, 1, 6, FIVE, 1);
        conv(64, 14, 6, 16, Window.of(5, 1), 1);
        conv(8, 28, 128, 128, THREE, 4);
        conv(8, 28, 128, 128, THREE, 32);
        conv(8, 56, 128, 128, THREE, 128);
        conv(8, 28, 256, 256, THREE_STRIDED, 256);
        dense(64, 1024, 1024);
        dense(1024, 1024, 1024);
    }

    private void conv(int n, int size, int c, int k, Window window, int groups) {
        ConvGeometry g = new ConvGeometry(n, size, size, c, k, window, window, groups);
        String name = "N" + n + " C" + c + " H" + size + " K" + k + " " + window.size() + "×" + window.size()
                + (window.stride() == 1 ? "" : " stride " + window.stride())
                + (groups == 1 ? "" : groups == c ? " depthwise" : " groups " + groups);
        int x = n * size * size * c;
        int w = g.r() * g.s() * g.groupC() * k;
        int y = n * g.oh() * g.ow() * k;
        BilinearKernel forward = kernels.conv().forward(g, true, new Relu());
        layers.add(new Layer(name, "forward", forward, g.flops(), x, w, y));
        layers.add(new Layer(name, "backward data", kernels.conv().backwardData(g), g.flops(), y, w, x));
        layers.add(new Layer(name, "backward filters", kernels.conv().backwardFilters(g), g.flops(), x, y, w));
    }

    private void dense(int m, int k, int n) {
        String name = "dense N" + m + " " + k + "→" + n;
        long flops = 2L * m * n * k;
        BilinearKernel forward = kernels.matMul().product(m, n, k, false, false, true, new Relu());
        BilinearKernel dx = kernels.matMul().product(m, k, n, false, true, false, new Identity());
        BilinearKernel dw = kernels.matMul().product(k, n, m, true, false, false, new Identity());
        layers.add(new Layer(name, "forward", forward, flops, m * k, k * n, m * n));
        layers.add(new Layer(name, "backward data", dx, flops, m * n, k * n, m * k));
        layers.add(new Layer(name, "backward weights", dw, flops, m * k, m * n, k * n));
    }
}
