package dev.halfwave.bench.work;

import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Padding;
import dev.halfwave.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The convolutions of VGG-16, ResNet-18 and ResNet-50 on images of 224×224, each shape once.
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan and Zisserman 2015, table 1, D</a>
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, table 1</a>
 */
final class LayerShapes {
    /** One of each kind: 3×3 at every resolution, pointwise both ways, strided, and the one on the image. */
    private static final Set<String> QUICK = Set.of(
            "conv-224-3-64-7s2",
            "conv-56-64-64-3",
            "conv-28-128-128-3",
            "conv-14-256-256-3",
            "conv-7-512-512-3",
            "conv-56-64-128-3s2",
            "conv-56-64-256-1",
            "conv-14-1024-256-1");

    private final Set<Shapes> shapes = new LinkedHashSet<>();

    private record Shapes(int size, int in, int out, int window, int stride) {
        String name() {
            return "conv-" + size + "-" + in + "-" + out + "-" + window + (stride == 1 ? "" : "s" + stride);
        }
    }

    private LayerShapes() {
        vgg16();
        resnet18();
        resnet50();
    }

    static List<Work> all() {
        List<Shapes> shapes = List.copyOf(new LayerShapes().shapes);
        return List.of(1, 8).stream()
                .flatMap(batch -> shapes.stream().map(shape -> work(shape, batch)))
                .toList();
    }

    private static Work work(Shapes s, int batch) {
        Conv2d layer = Conv2d.of(s.out(), s.window()).stride(s.stride()).padding(Padding.of(s.window() / 2));
        return new Inference(
                s.name(),
                () -> Works.single(Shape.of(s.size(), s.size(), s.in()), layer),
                batch,
                List.of("pytorch"),
                batch == 1 && QUICK.contains(s.name()));
    }

    private void vgg16() {
        int in = 3;
        int size = 224;
        for (int out : new int[] {64, 128, 256, 512, 512}) {
            add(size, in, out, 3, 1);
            add(size, out, out, 3, 1);
            in = out;
            size /= 2;
        }
    }

    private void resnet18() {
        add(224, 3, 64, 7, 2);
        add(56, 64, 64, 3, 1);
        int size = 56;
        for (int out : new int[] {128, 256, 512}) {
            add(size, out / 2, out, 3, 2);
            add(size, out / 2, out, 1, 2);
            size /= 2;
            add(size, out, out, 3, 1);
        }
    }

    /** As torchvision has it: the 3×3 layer of a stage's first block has its stride. */
    private void resnet50() {
        int in = 64;
        int size = 56;
        for (int width : new int[] {64, 128, 256, 512}) {
            int stride = width == 64 ? 1 : 2;
            add(size, in, width, 1, 1);
            add(size, width, width, 3, stride);
            add(size, in, 4 * width, 1, stride);
            size /= stride;
            add(size, width, 4 * width, 1, 1);
            add(size, 4 * width, width, 1, 1);
            add(size, width, width, 3, 1);
            in = 4 * width;
        }
    }

    private void add(int size, int in, int out, int window, int stride) {
        shapes.add(new Shapes(size, in, out, window, stride));
    }
}
