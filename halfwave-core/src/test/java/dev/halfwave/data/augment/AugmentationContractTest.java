package dev.halfwave.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every augmentation, over seeded images of many shapes. */
class AugmentationContractTest {
    private static final int IMAGES = 6;
    private static final List<Shape> SHAPES =
            List.of(Shape.of(28, 28, 1), Shape.of(9, 4, 3), Shape.of(1, 1, 1), Shape.of(2, 13, 4), Shape.of(8, 8, 3));

    private static float[] images(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] pixels = new float[IMAGES * shape.elements()];
        for (int i = 0; i < pixels.length; i++) {
            int kind = random.nextInt(4);
            pixels[i] = kind < 2 ? kind : (float) random.nextDouble();
        }
        return pixels;
    }

    /** Augments all images, the last one first if asked to. */
    private static float[] augmented(String spec, Shape shape, long seed, int epoch, boolean backwards) {
        float[] pixels = images(shape, seed);
        Augmenter augmenter = new Augmenter(Augmentations.of(spec, shape), shape, seed, epoch);
        for (int k = 0; k < IMAGES; k++) {
            int i = backwards ? IMAGES - 1 - k : k;
            augmenter.transform(pixels, i * shape.elements(), i);
        }
        for (int k = 0; k < IMAGES / 2; k++) {
            int i = backwards ? IMAGES / 2 - 1 - k : k;
            double share = augmenter.mix(pixels, i * shape.elements(), (IMAGES - 1 - i) * shape.elements(), i);
            assertThat(share).as(spec).isBetween(0.5, 1.0);
        }
        return pixels;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shift",
                "flip",
                "flip(vertical=true)",
                "rotate(180)",
                "affine(40,0.4,30,5)",
                "elastic(4,3)",
                "cutout(3)",
                "brightness(1)",
                "contrast(1)",
                "saturation(1)",
                "mixup(1)",
                "cutmix(1,1)",
                "default",
                "shift(1)+cutout(2)+rotate(90)+elastic+flip+brightness+mixup",
            })
    void drawsDependOnSeedEpochAndSampleOnlyAndValuesStayInRange(String spec) {
        for (Shape shape : SHAPES) {
            for (long seed = 0; seed < 20; seed++) {
                float[] pixels = augmented(spec, shape, seed, 3, false);
                String what = spec + " of " + shape + ", seed " + seed;
                assertThat(augmented(spec, shape, seed, 3, true)).as(what).containsExactly(pixels);
                for (float pixel : pixels) {
                    assertThat(pixel).as(what).isBetween(0f, 1f);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shift",
                "flip",
                "flip(vertical=true)",
                "rotate(90)",
                "affine",
                "elastic",
                "cutout",
                "brightness",
                "contrast",
                "saturation",
                "mixup(1)",
                "cutmix(1,1)",
                "default",
            })
    void seedsAndEpochsDiffer(String spec) {
        Shape shape = Shape.of(8, 8, 3);
        Set<Integer> results = new HashSet<>();
        for (int epoch = 0; epoch < 10; epoch++) {
            float[] pixels = images(shape, 1);
            Augmenter augmenter = new Augmenter(Augmentations.of(spec, shape), shape, epoch % 2, epoch);
            augmenter.transform(pixels, 0, 0);
            augmenter.mix(pixels, 0, shape.elements(), 0);
            results.add(Arrays.hashCode(pixels));
        }
        assertThat(results).as(spec).hasSizeGreaterThan(spec.startsWith("flip") ? 1 : 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "shift(0)",
                "flip(0)",
                "flip(0,true)",
                "rotate(0)",
                "affine(0,0,0,0)",
                "elastic(0)",
                "cutout(0)",
                "cutout(5,chance=0)",
                "brightness(0)",
                "contrast(0)",
                "saturation(0)",
                "mixup(chance=0)",
                "cutmix(chance=0)",
                "shift(0)+rotate(0)+elastic(0)+brightness(0)+cutmix(chance=0)",
            })
    void nothingComesOfNothing(String spec) {
        for (Shape shape : SHAPES) {
            for (long seed = 0; seed < 20; seed++) {
                assertThat(augmented(spec, shape, seed, 0, false))
                        .as("%s of %s, seed %d", spec, shape, seed)
                        .containsExactly(images(shape, seed));
            }
        }
    }

    @Test
    void otherImagesOfTheArrayStayAsTheyAre() {
        Shape shape = Shape.of(8, 8, 3);
        for (String name : Augmentations.names()) {
            float[] pixels = images(shape, 7);
            Augmenter augmenter = new Augmenter(Augmentations.of(name, shape), shape, 7, 0);
            int n = shape.elements();
            augmenter.transform(pixels, 2 * n, 2);
            augmenter.mix(pixels, 2 * n, 4 * n, 2);
            float[] before = images(shape, 7);
            for (int i : new int[] {0, 1, 3, 5}) {
                assertThat(Arrays.copyOfRange(pixels, i * n, (i + 1) * n))
                        .as("%s, image %d", name, i)
                        .containsExactly(Arrays.copyOfRange(before, i * n, (i + 1) * n));
            }
        }
    }
}
