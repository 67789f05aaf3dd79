/**
 * How often somebody may ask: token buckets and sliding windows by user, key and address, in bounded memory. Start with {@link
 * io.qilin.security.limit.RateLimiter}.
 */
@NullMarked
package io.qilin.security.limit;

import org.jspecify.annotations.NullMarked;
