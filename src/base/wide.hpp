// 128-bit integers: products of money and factors are exact in them.
#pragma once

namespace purse {

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 unsigned_wide;

}  // namespace purse
