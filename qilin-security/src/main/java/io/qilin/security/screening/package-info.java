/**
 * A last line of defence that looks for known attacks in requests; start at {@link
 * io.qilin.security.screening.RequestScreener}. It is an aid and no boundary: bind parameters, encode output and check
 * what callers may do, as if it were not there.
 */
@NullMarked
package io.qilin.security.screening;

import org.jspecify.annotations.NullMarked;
