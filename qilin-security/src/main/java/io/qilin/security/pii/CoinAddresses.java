package io.qilin.security.pii;

import io.qilin.security.internal.Sha256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;

/** Bitcoin addresses: Base58Check (P2PKH, P2SH) and Bech32, Bech32m (BIP 173, BIP 350). */
final class CoinAddresses {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int BECH32M = 0x2bc830a3;

  private CoinAddresses() {}

  static boolean valid(String token) {
    if (token.regionMatches(true, 0, "bc1", 0, 3)) {
      return bech32(token.toLowerCase(Locale.ROOT));
    }
    char first = token.charAt(0);
    return (first == '1' || first == '3') && token.length() <= 35 && base58(token);
  }

  private static boolean base58(String token) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < token.length(); i++) {
      int digit = BASE58.indexOf(token.charAt(i));
      if (digit < 0) {
        return false;
      }
      value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    byte[] bytes = value.toByteArray();
    if (bytes.length > 25 && !(bytes.length == 26 && bytes[0] == 0)) {
      return false;
    }
    byte[] address = new byte[25];
    int kept = Math.min(25, bytes.length);
    System.arraycopy(bytes, bytes.length - kept, address, 25 - kept, kept);
    byte[] digest = sha256(sha256(Arrays.copyOf(address, 21)));
    boolean known = address[0] == 0 || address[0] == 5;
    return known && Arrays.equals(digest, 0, 4, address, 21, 25);
  }

  private static byte[] sha256(byte[] bytes) {
    return Sha256.of(bytes);
  }

  private static boolean bech32(String token) {
    int sum = polymod(1, 'b' >> 5);
    sum = polymod(sum, 'c' >> 5);
    sum = polymod(sum, 0);
    sum = polymod(sum, 'b' & 31);
    sum = polymod(sum, 'c' & 31);
    for (int i = 3; i < token.length(); i++) {
      int value = BECH32.indexOf(token.charAt(i));
      if (value < 0) {
        return false;
      }
      sum = polymod(sum, value);
    }
    return sum == 1 || sum == BECH32M;
  }

  private static int polymod(int sum, int value) {
    int top = sum >>> 25;
    int next = ((sum & 0x1ffffff) << 5) ^ value;
    for (int i = 0; i < 5; i++) {
      if (((top >> i) & 1) == 1) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
