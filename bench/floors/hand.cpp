#include "hand.hpp"

#include "doubled_by_hand.hpp"

template <int Copy>
HandResult hand_process(std::int32_t input) {
    return {doubled_by_hand<Copy>(input), true};
}

template <int Copy>
HandResult Hand<Copy>::process(std::int32_t input) const {
    return {doubled_by_hand<Copy>(input), true};
}

template HandResult hand_process<1>(std::int32_t input);
template HandResult hand_process<2>(std::int32_t input);
template HandResult hand_process<3>(std::int32_t input);
template HandResult hand_process<4>(std::int32_t input);
template HandResult hand_process<5>(std::int32_t input);
template class Hand<1>;
template class Hand<2>;
template class Hand<3>;
template class Hand<4>;
template class Hand<5>;
