package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.data.augment.Augmenter;
import dev.halfwave.data.augment.Brightness;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.data.augment.Mixup;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentedLoaderTest {
    private static final Dataset DIGITS = Strokes.train(50, 3);

    private static List<Batch> read(Loader loader, int epoch, int first) {
        List<Batch> all = new ArrayList<>();
        try (Batches batches = loader.epoch(epoch, first)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Mixture mixture = batch.mixture();
                Mixture copy = mixture == null
                        ? null
                        : new Mixture(mixture.others().copy(), mixture.shares().copy());
                all.add(new Batch(batch.images().copy(), batch.labels().copy(), copy));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "shift(2)+cutout", "flip+mixup(1)", "cutmix(1,1)"})
    void neitherReadingAheadNorWhereAnEpochBeginsChangesABit(String spec) {
        for (int batchSize : new int[] {1, 7, 50}) {
            Loader plain = Loader.of(DIGITS, batchSize)
                    .shuffled(5)
                    .augmented(Augmentations.of(spec, DIGITS.sampleShape()))
                    .ahead(0);
            List<Batch> expected = read(plain, 2, 0);
            for (int first = 0; first < plain.batches(); first += 3) {
                for (int ahead : new int[] {0, 2}) {
                    assertThat(read(plain.ahead(ahead), 2, first))
                            .as("%s, batches of %d, %d ahead, from %d", spec, batchSize, ahead, first)
                            .isEqualTo(expected.subList(first, expected.size()));
                }
            }
            assertThat(read(plain, 3, 0)).isNotEqualTo(expected);
        }
    }

    @Test
    void aSampleIsChangedInTheSameWayWhereverItStands() {
        Chain chain = Augmentations.of("default", DIGITS.sampleShape());
        Loader loader = Loader.of(DIGITS, 8).shuffled(11).augmented(chain);
        Augmenter augmenter = new Augmenter(chain, DIGITS.sampleShape(), 11, 4);
        int[] order = new SplitMix(11, 4).permutation(50);
        List<Batch> batches = read(loader, 4, 0);
        for (int i = 0; i < 50; i++) {
            float[] expected = new float[784];
            DIGITS.read(order[i], expected, 0);
            augmenter.transform(expected, 0, order[i]);
            float[] images = batches.get(i / 8).images().data();
            assertThat(Arrays.copyOfRange(images, i % 8 * 784, (i % 8 + 1) * 784))
                    .as("place " + i)
                    .containsExactly(expected);
        }
    }

    @Test
    void aSampleThatAnEpochHasTwiceIsChangedInTwoWays() {
        Dataset one = DIGITS.range(3, 4);
        Dataset same = new Subset(one, new int[] {0, 0});
        Chain chain = Augmentations.of("default", DIGITS.sampleShape());
        Batch apart = read(Loader.of(same, 2).augmented(chain), 0, 0).get(0);
        BatchSource twice = new BatchSource(one, 2, new int[] {0, 0}, new Augmenter(chain, DIGITS.sampleShape(), 0, 0));
        Batch batch = twice.buffers(0, 1).of(0);
        assertThat(twice.fill(0, batch, () -> false)).isTrue();
        assertThat(Arrays.copyOfRange(batch.images().data(), 0, 784))
                .isNotEqualTo(Arrays.copyOfRange(batch.images().data(), 784, 2 * 784));
        assertThat(batch.images().data()).containsExactly(apart.images().data());
    }

    @Test
    void theFirstIsMixedWithTheLast() {
        Dataset five = DIGITS.range(0, 5);
        Batch plain = read(Loader.of(five, 5), 0, 0).get(0);
        Batch mixed = read(Loader.of(five, 5).augmented(Chain.of(new Mixup(1, 1))), 0, 0)
                .get(0);
        Mixture mixture = mixed.mixture();
        assertThat(plain.mixture()).isNull();
        assertThat(mixture).isNotNull();
        assertThat(mixed.labels()).isEqualTo(plain.labels());
        assertThat(mixture.shares().data()[2])
                .as("the one in the middle is alone")
                .isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            int with = 4 - i;
            float share = mixture.shares().data()[i];
            assertThat(mixture.others().data()[i]).isEqualTo(plain.labels().data()[with]);
            assertThat(share).isEqualTo(mixture.shares().data()[with]).isBetween(0.5f, 1f);
            for (int k = 0; k < 784; k++) {
                float expected = share * plain.images().data()[i * 784 + k]
                        + (1 - share) * plain.images().data()[with * 784 + k];
                assertThat(mixed.images().data()[i * 784 + k])
                        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6f));
            }
        }
    }

    @Test
    void onlyImagesAreAugmented() {
        Dataset rows = new Numbered(1, 0, 0, 0) {
            @Override
            public Shape sampleShape() {
                return Shape.of(2);
            }
        };
        assertThatThrownBy(() -> Loader.of(rows, 2).augmented(Chain.of(new Brightness())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "augment: expected images [H, W, C], received samples of shape [2]; leave the augmentation out");
    }

    @Test
    void mixturesAreAsLongAsTheirBatch() {
        Tensor two = Tensor.zeros(Shape.of(2));
        Tensor three = Tensor.zeros(Shape.of(3));
        assertThatThrownBy(() -> new Mixture(two, three))
                .hasMessage("mixture: expected others [N] and shares [N], received [2] and [3]");
        assertThatThrownBy(() -> new Batch(Tensor.zeros(Shape.of(3, 1, 1, 1)), three, new Mixture(two, two)))
                .hasMessage("batch: expected a mixture of as many images as labels [3], received [2]");
    }
}
