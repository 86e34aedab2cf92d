package dev.halfwave.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, reading gives tensors that can be written again, or a refusal with its proper text. */
class SafeTensorsFuzzTest {
    /** {@code -Dhalfwave.fuzz=} sets how many files of each kind are tried. */
    private static final int ROUNDS = Integer.getInteger("halfwave.fuzz", 1500);

    private static final Pattern TEXT = Pattern.compile(
            "m \\(at byte [0-9]+(, in tensor \"[^\n]*\")?\\): expected [^\n]+, received [^\n]+; [^\n]+");

    /** What a careless parser may stumble over; '~' separates. */
    private static final String[] TOKENS =
            ("{~}~[~]~,~:~\"~\\~\\u~\\ud800~\0~\u0080~ ~\n~null~true~NaN~-~-1~-0~0~1~00~1e9~1.5~[0,0]~/*~//~'a'~"
                            + "4294967296~2147483647~9223372036854775807~9223372036854775808~18446744073709551615~"
                            + "99999999999999999999999~\"F32\"~\"F64\"~\"BOOL\"~\"F8\"~\"dtype\":~\"shape\":~"
                            + "\"data_offsets\":~\"__metadata__\":{~\"halfwave.sha256\":\"~\"a\":~"
                            + "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},")
                    .split("~");

    private enum Damage {
        FLIPPED_BITS {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] damaged = file.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return damaged;
            }
        },
        RANDOM_BYTES {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] damaged = file.clone();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    damaged[random.nextInt(file.length)] = (byte) random.nextInt();
                }
                return damaged;
            }
        },
        INSERTED_BYTES {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] inserted = new byte[random.nextInt(9) + 1];
                random.nextBytes(inserted);
                return splice(file, random.nextInt(file.length), 0, inserted);
            }
        },
        REMOVED_BYTES {
            @Override
            byte[] apply(byte[] file, Random random) {
                int at = random.nextInt(file.length);
                return splice(file, at, random.nextInt(Math.min(16, file.length - at)) + 1, new byte[0]);
            }
        },
        /** The header's text changed here and there, and its length set right, so that the JSON is looked at. */
        OTHER_TOKENS {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] header = Arrays.copyOfRange(file, 8, 8 + headerLength(file));
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int at = random.nextInt(header.length);
                    int removed = random.nextInt(Math.min(12, header.length - at) + 1);
                    byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8);
                    header = splice(header, at, removed, token);
                }
                return RawFile.of(header, Arrays.copyOfRange(file, 8 + headerLength(file), file.length));
            }
        },
        /** One number of the header replaced by another. */
        OTHER_NUMBERS {
            @Override
            byte[] apply(byte[] file, Random random) {
                String header = new String(file, 8, headerLength(file), ISO_8859_1);
                int wanted = random.nextInt(30);
                var numbers = Pattern.compile("(?<=[\\[,])[0-9]+").matcher(header);
                int[] count = {0};
                String number = Long.toString(random.nextLong() >>> random.nextInt(64));
                String changed = numbers.replaceAll(found -> count[0]++ == wanted ? number : found.group());
                byte[] data = Arrays.copyOfRange(file, 8 + headerLength(file), file.length);
                return RawFile.of(changed.getBytes(ISO_8859_1), data);
            }
        };

        abstract byte[] apply(byte[] file, Random random);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void readsOrRefuses(Damage damage) throws IOException {
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] file = original(seed % 2 == 0);
            if (isRefused(damage.apply(file, random), damage + ", seed " + seed)) {
                refused++;
            }
        }
        assertThat(refused).as("refused of %d", ROUNDS).isBetween(ROUNDS / 4, ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesEveryTruncation(boolean sealed) throws IOException {
        byte[] file = original(sealed);
        assertThat(isRefused(file, "whole")).isFalse();
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThat(isRefused(part, "length " + length))
                    .as("length %d", length)
                    .isTrue();
        }
    }

    @Test
    void refusesNoise() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThat(isRefused(noise, "noise, seed " + seed))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(isRefused(RawFile.of(noise, noise), "noise in the header, seed " + seed))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void refusesWhatComesAfterTheEnd() throws IOException {
        byte[] longer = Arrays.copyOf(original(false), original(false).length + 1);
        assertThatThrownBy(() -> SafeTensors.read(longer, "m"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected the tensors to cover all ");
    }

    private static boolean isRefused(byte[] file, String what) {
        try {
            SafeTensors content = SafeTensors.read(file, "m");
            assertThat(SafeTensors.read(bytes(content), "m")).as(what).isEqualTo(content);
            return false;
        } catch (ModelFormatException e) {
            assertThat(e.getMessage()).as(what).matches(TEXT);
            return true;
        } catch (RuntimeException | IOException | Error e) {
            return fail(what + ": expected tensors or a ModelFormatException", e);
        }
    }

    /** Tensors of several types and some metadata; sealed only where all are F32, as Halfwave writes it. */
    private static byte[] original(boolean sealed) throws IOException {
        if (sealed) {
            return SealTest.bytes(SafeTensorsTest.random(5));
        }
        String header = "{\"__metadata__\":{\"format\":\"pt\",\"é\":\"\\u00e9\\n\"},"
                + "\"a.weight\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[4,16]},"
                + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]},"
                + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[1,2,1],\"data_offsets\":[24,26]},"
                + "\"none\":{\"dtype\":\"F64\",\"shape\":[0,7],\"data_offsets\":[26,26]}}  ";
        byte[] data = new byte[26];
        Arrays.fill(data, 0, 16, (byte) 0x3c);
        data[16] = 9;
        data[25] = 1;
        return RawFile.of(header, data);
    }

    private static byte[] bytes(SafeTensors content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SafeTensorsWriter(content, false).writeTo(bytes);
        return bytes.toByteArray();
    }

    private static int headerLength(byte[] file) {
        return (file[0] & 255) + 256 * (file[1] & 255);
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] spliced = Arrays.copyOf(bytes, bytes.length - removed + inserted.length);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }
}
