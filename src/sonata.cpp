// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/io/file.hpp>
#include <nernst/io/sonata.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <hdf5.h>
#include <numeric>
#include <stdexcept>

namespace nernst::io::sonata {

namespace {

using nernst::detail::message;
using nernst::io::detail::file_error;

/// HDF5 prints what goes wrong, unless it is told not to.
class silence {
 public:
  silence() {
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~silence() { H5Eset_auto2(H5E_DEFAULT, print_, data_); }
  silence(silence const&) = delete;
  silence& operator=(silence const&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
};

/// Something of HDF5's that has to be closed.
class object {
 public:
  object(hid_t id, herr_t (*end)(hid_t)) : id_(id), end_(end) {}
  object(object&& other) noexcept : id_(other.id_), end_(other.end_) { other.id_ = -1; }
  object& operator=(object&&) = delete;
  ~object() { close(); }

  explicit operator bool() const { return id_ >= 0; }
  operator hid_t() const { return id_; }
  bool close() {
    hid_t const id = id_;
    id_ = -1;
    return id < 0 || end_(id) >= 0;
  }

 private:
  hid_t id_;
  herr_t (*end_)(hid_t);
};

template <class T>
hid_t native();
template <>
hid_t native<double>() {
  return H5T_NATIVE_DOUBLE;
}
template <>
hid_t native<float>() {
  return H5T_NATIVE_FLOAT;
}
template <>
hid_t native<std::uint64_t>() {
  return H5T_NATIVE_UINT64;
}
template <>
hid_t native<std::uint32_t>() {
  return H5T_NATIVE_UINT32;
}
template <>
hid_t native<std::uint8_t>() {
  return H5T_NATIVE_UINT8;
}

object in_memory() {
  object access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose);
  constexpr std::size_t grain = std::size_t{1} << 20;
  H5Pset_fapl_core(access, grain, false);
  return access;
}

/// A new file, made in memory: an HDF5 file that cannot be written to its end cannot be closed
/// either.
class writer {
 public:
  explicit writer(std::string const& path)
      : out_(path), path_(path),
        file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, in_memory()), &H5Fclose) {
    require(static_cast<bool>(file_));
    std::uint32_t const magic = 0x0A7A;
    std::uint32_t const version[] = {0, 1};
    attribute(file_, "magic", native<std::uint32_t>(), &magic, 1);
    attribute(file_, "version", native<std::uint32_t>(), version, 2);
  }
  writer(writer const&) = delete;
  writer& operator=(writer const&) = delete;

  void complete() {
    require(H5Fflush(file_, H5F_SCOPE_GLOBAL) >= 0);
    std::vector<char> image(static_cast<std::size_t>(H5Fget_file_image(file_, nullptr, 0)));
    require(H5Fget_file_image(file_, image.data(), image.size()) >= 0);
    out_.write(image.data(), image.size());
    out_.complete();
  }

  object group(std::string const& name) const {
    object const between(H5Pcreate(H5P_LINK_CREATE), &H5Pclose);
    H5Pset_create_intermediate_group(between, 1);
    object made(H5Gcreate2(file_, name.c_str(), between, H5P_DEFAULT, H5P_DEFAULT), &H5Gclose);
    require(static_cast<bool>(made));
    return made;
  }

  template <class T>
  object data(hid_t in, char const* name, std::vector<T> const& values,
              std::vector<hsize_t> const& shape) const {
    object const space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                       &H5Sclose);
    // The same values make the same file, at any time.
    object const creation(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose);
    H5Pset_obj_track_times(creation, false);
    object made(H5Dcreate2(in, name, native<T>(), space, H5P_DEFAULT, creation, H5P_DEFAULT),
                &H5Dclose);
    require(made && (values.empty() || H5Dwrite(made, native<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                                                values.data()) >= 0));
    return made;
  }
  template <class T>
  object data(hid_t in, char const* name, std::vector<T> const& values) const {
    return data(in, name, values, {values.size()});
  }

  void attribute(hid_t of, char const* name, hid_t type, void const* value, hsize_t count) const {
    object const space(count == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr),
                       &H5Sclose);
    object const made(H5Acreate2(of, name, type, space, H5P_DEFAULT, H5P_DEFAULT), &H5Aclose);
    require(made && H5Awrite(made, type, value) >= 0);
  }
  void text(hid_t of, char const* name, std::string const& value) const {
    object const type(H5Tcopy(H5T_C_S1), &H5Tclose);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    char const* const characters = value.c_str();
    attribute(of, name, type, &characters, 0);
  }
  void sorting(hid_t of, order sorted) const {
    object const type(H5Tenum_create(native<std::uint8_t>()), &H5Tclose);
    char const* const names[] = {"none", "by_id", "by_time"};
    for (std::uint8_t k = 0; k < 3; ++k) H5Tenum_insert(type, names[k], &k);
    attribute(of, "sorting", type, &sorted, 0);
  }

  void require(bool worked) const {
    if (!worked) file_error(path_, "to make an HDF5 file", "an error of HDF5's library");
  }

 private:
  silence const quiet_;
  nernst::io::detail::new_file out_;
  std::string path_;
  object file_;
};

template <class Error>
void require_same(char const* what, std::string const& population, std::size_t expected,
                  std::size_t found) {
  if (expected != found)
    nernst::detail::refuse<Error>({"sonata: expected ", expected, " ", what, " of population ",
                                   population, ", found ", found});
}

/// To a femtosecond, so that 1 ms is 1 and readers count the same rows.
double milliseconds(double seconds) {
  return std::round(seconds * 1e12) / 1e9;
}

spikes sorted(spikes s, order by) {
  if (by == order::none) return s;
  std::vector<std::size_t> place(s.times.size());
  std::iota(place.begin(), place.end(), std::size_t{0});
  std::sort(place.begin(), place.end(), [&](std::size_t x, std::size_t y) {
    if (by == order::by_id && s.node_ids[x] != s.node_ids[y]) return s.node_ids[x] < s.node_ids[y];
    return s.times[x] != s.times[y] ? s.times[x] < s.times[y] : x < y;
  });
  spikes result{std::move(s.population), {}, {}};
  for (std::size_t const k : place) {
    result.node_ids.push_back(s.node_ids[k]);
    result.times.push_back(s.times[k]);
  }
  return result;
}

}  // namespace

void write_spikes(std::string const& path, std::vector<spikes> const& populations, order by) {
  for (spikes const& s : populations)
    require_same<std::invalid_argument>("times", s.population, s.node_ids.size(), s.times.size());
  writer out(path);
  for (spikes const& each : populations) {
    spikes s = sorted(each, by);
    for (double& t : s.times) t *= 1e3;
    object const group = out.group("/spikes/" + s.population);
    out.sorting(group, by);
    object const times = out.data(group, "timestamps", s.times);
    out.text(times, "units", "ms");
    out.data(group, "node_ids", s.node_ids);
  }
  out.complete();
}

void write_report(std::string const& path, std::vector<report> const& populations) {
  for (report const& r : populations) {
    std::size_t const columns = r.element_ids.size();
    require_same<std::invalid_argument>("values", r.population, r.rows() * columns,
                                        r.values.size());
    require_same<std::invalid_argument>("index pointers", r.population, r.node_ids.size() + 1,
                                        r.index_pointers.size());
    require_same<std::invalid_argument>("elements", r.population, r.index_pointers.back(), columns);
  }
  writer out(path);
  for (report const& r : populations) {
    object const group = out.group("/report/" + r.population);
    object const data = out.data(group, "data", r.values, {r.rows(), r.element_ids.size()});
    out.text(data, "units", r.unit);
    object const mapping = out.group("/report/" + r.population + "/mapping");
    object const nodes = out.data(mapping, "node_ids", r.node_ids);
    std::uint8_t const is_sorted = std::is_sorted(r.node_ids.begin(), r.node_ids.end());
    out.attribute(nodes, "sorted", native<std::uint8_t>(), &is_sorted, 0);
    out.data(mapping, "index_pointers", r.index_pointers);
    // What older files have, and bmtk looks for: this name, and the places in the elements.
    out.require(H5Lcreate_hard(mapping, "index_pointers", mapping, "index_pointer", H5P_DEFAULT,
                               H5P_DEFAULT) >= 0);
    out.data(mapping, "element_ids", r.element_ids);
    out.data(mapping, "element_pos", std::vector<float>(r.element_ids.size(), 0));
    double const end = r.begin + static_cast<double>(r.rows()) * r.dt;
    std::vector<double> const times{milliseconds(r.begin), milliseconds(end), milliseconds(r.dt)};
    out.text(out.data(mapping, "time", times), "units", "ms");
  }
  out.complete();
}

std::pair<std::string, double> customary_unit(std::string const& si) {
  struct row {
    char const *si, *customary;
    double how_many;
  };
  constexpr row rows[] = {{"V", "mV", 1e3}, {"A", "nA", 1e9}, {"s", "ms", 1e3}, {"S", "uS", 1e6}};
  for (row const& r : rows)
    if (si == r.si) return {r.customary, r.how_many};
  return {si, 1};
}

namespace {

/// Names of what is in a group.
std::vector<std::string> names_in(hid_t group) {
  std::vector<std::string> all;
  auto const enter = [](hid_t, char const* name, H5L_info_t const*, void* to) -> herr_t {
    static_cast<std::vector<std::string>*>(to)->emplace_back(name);
    return 0;
  };
  H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, enter, &all);
  return all;
}

std::string listing(std::vector<std::string> const& names) {
  std::string all;
  for (auto const& name : names) all += (all.empty() ? "" : ", ") + name;
  return all.empty() ? "none" : all;
}

template <class T>
std::vector<T> values_of(std::string const& path, hid_t group, char const* name) {
  object const data(H5Dopen2(group, name, H5P_DEFAULT), &H5Dclose);
  if (!data) file_error(path, message({"a list '", name, "'"}), listing(names_in(group)));
  object const space(H5Dget_space(data), &H5Sclose);
  std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  bool const worked = values.empty() ||
                      H5Dread(data, native<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0;
  if (!worked) file_error(path, message({"numbers in '", name, "'"}), "something else");
  return values;
}

/// The attribute `units` of the times, "ms" if there is none.
std::string unit_of_times(hid_t group) {
  object const data(H5Dopen2(group, "timestamps", H5P_DEFAULT), &H5Dclose);
  if (H5Aexists(data, "units") <= 0) return "ms";
  object const attribute(H5Aopen(data, "units", H5P_DEFAULT), &H5Aclose);
  object const type(H5Aget_type(attribute), &H5Tclose);
  if (H5Tis_variable_str(type) <= 0) {
    std::string text(H5Tget_size(type), '\0');
    H5Aread(attribute, type, text.data());
    return text.c_str();
  }
  char* text = nullptr;
  object const in_memory(H5Tcopy(type), &H5Tclose);
  if (H5Aread(attribute, in_memory, &text) < 0 || text == nullptr) return "";
  std::string const unit = text;
  H5free_memory(text);
  return unit;
}

}  // namespace

spikes read_spikes(std::string const& path, std::string const& population) {
  silence const quiet;
  object const file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), &H5Fclose);
  if (!file) file_error(path, "an HDF5 file that can be read", "none");
  object const all(H5Gopen2(file, "/spikes", H5P_DEFAULT), &H5Gclose);
  if (!all) file_error(path, "spikes", listing(names_in(file)));
  std::vector<std::string> const known = names_in(all);
  if (population.empty() && known.size() != 1)
    file_error(path, "one population, or to be told which", listing(known));
  std::string const name = population.empty() ? known[0] : population;
  object const group(H5Gopen2(all, name.c_str(), H5P_DEFAULT), &H5Gclose);
  if (!group) file_error(path, message({"a population '", name, "'"}), listing(known));

  spikes s{name, values_of<std::uint64_t>(path, group, "node_ids"),
           values_of<double>(path, group, "timestamps")};
  require_same<std::runtime_error>("times", name, s.node_ids.size(), s.times.size());
  std::string const unit = unit_of_times(group);
  if (unit != "ms" && unit != "s") file_error(path, "times in ms or s", "'" + unit + "'");
  if (unit == "ms")
    for (double& t : s.times) t /= 1e3;
  return s;
}

}  // namespace nernst::io::sonata
