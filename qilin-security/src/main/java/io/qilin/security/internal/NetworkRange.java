package io.qilin.security.internal;

import io.qilin.api.error.QilinException;

/**
 * The addresses that begin alike: CIDR, for example {@code 10.0.0.0/8}. Immutable.
 *
 * @param first the first address of the range
 * @param length how many leading bits its addresses have in common
 */
public record NetworkRange(NetworkAddress first, int length) {
  /**
   * Reads a range, or one address.
   *
   * @throws QilinException INVALID_ARGUMENT if it is neither, or has bits set beyond its length
   */
  public static NetworkRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    NetworkAddress first = NetworkAddress.parse(address).orElseThrow(() -> refused(text));
    int length = slash < 0 ? first.bits() : length(text, slash, first.bits());
    if (!first.prefix(length).equals(first)) {
      throw refused(text);
    }
    return new NetworkRange(first, length);
  }

  private static int length(String text, int slash, int most) {
    String digits = text.substring(slash + 1);
    if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > most) {
      throw refused(text);
    }
    return Integer.parseInt(digits);
  }

  /** Whether the address lies in it. */
  public boolean contains(NetworkAddress address) {
    return address.isV4() == first.isV4() && address.prefix(length).equals(first);
  }

  private static QilinException refused(String text) {
    return QilinException.invalid("not a network: " + QilinException.quote(text)
        + "; write an address, or its first address and a length as 10.0.0.0/8");
  }
}
