package dev.halfwave.download;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A published checksum; how long it is says which kind.
 *
 * @param hex 32 digits of MD5 or 64 of SHA-256, in lower case
 */
record Checksum(String hex) {
    Checksum {
        if (!hex.matches("[0-9a-f]{32}|[0-9a-f]{64}")) {
            throw new IllegalArgumentException("checksum: expected 32 or 64 hexadecimal digits, received " + hex);
        }
    }

    String algorithm() {
        return hex.length() == 32 ? "MD5" : "SHA-256";
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a Java with " + algorithm() + ", received one without", e);
        }
    }

    boolean matches(MessageDigest finished) {
        return HexFormat.of().formatHex(finished.digest()).equals(hex);
    }
}
