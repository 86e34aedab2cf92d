package dev.halfwave.format;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a whole file, whose 64 hexadecimal digits stand in the file itself.
 *
 * <p>While the sum is taken, the character '0' stands in for each of the 64 digits. So no bit of the file escapes:
 * outside the digits a changed bit changes the sum, and inside them it changes what the sum is compared with.
 */
final class Seal {
    /** The metadata key whose value is the seal. */
    static final String KEY = "halfwave.sha256";

    /** What stands in the seal's place while the sum is taken. */
    static final String BLANK = "0".repeat(64);

    private final MessageDigest digest;

    Seal() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256, which every Java platform has to offer", e);
        }
    }

    /** Adds bytes to the sum. */
    void update(byte[] bytes, int count) {
        digest.update(bytes, 0, count);
    }

    /** A stream that adds what is written to it to the sum, and does nothing else. */
    OutputStream sink() {
        return new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    }

    /** The sum over all bytes since the beginning, as lower case digits; starts over. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes 64 digits over the bytes from {@code at} on. */
    static void stamp(byte[] bytes, int at, String digits) {
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, BLANK.length());
    }
}
